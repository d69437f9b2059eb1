import { describe, expect, it } from '@jest/globals';
import { type AccountDraft, at, day, recordAt, recordsOf, valueAt } from './builders.js';

const reachable = [{ email: 'a@b.example' }];

describe('engagement', () => {
  const accounts: readonly AccountDraft[] = [
    { contacts: reachable, events: [{ on: day('2026-11-01'), kind: 'replied' }] },
    { contacts: reachable, activities: [{ on: day('2026-10-01'), twoWay: true, done: true }] },
    { contacts: reachable, events: [{ on: day('2026-08-01'), kind: 'clicked' }] },
    { contacts: reachable, events: [{ on: day('2026-11-01'), kind: 'opened' }] },
    {
      contacts: [{ email: 'x@y.example', optedOut: true }],
      events: [{ on: day('2026-11-01'), kind: 'replied' }],
    },
  ];

  it('is who answered or was met, of who can be reached', () => {
    expect(recordAt(recordsOf({ accounts }), 'engagement')).toMatchObject({
      value: 50,
      denominator: 4,
      target: 30,
      met: 'met',
    });
  });

  it('is not told of a period that is over: who can be reached is only known of today', () => {
    expect(valueAt({ accounts }, 'engagement', { period: '2026-10' })).toBeUndefined();
    expect(valueAt({ accounts }, 'engagement', { period: '2026-Q4' })).toBe(50);
  });

  it('counts opens, clicks and responses as content', () => {
    expect(valueAt({ accounts }, 'content')).toBe(1);
    expect(valueAt({ accounts }, 'content', { period: '2026-Q3' })).toBe(1);
  });

  it('tells no content of periods that ended before anything was read', () => {
    const of = (outcomesFrom: number | null, period: string) =>
      valueAt({ accounts, outcomesFrom }, 'content', { period });
    expect([of(day('2026-11-05'), '2026-10'), of(day('2026-11-05'), '2026-11')]).toEqual([undefined, 1]);
    expect(of(day('2026-10-31'), '2026-10')).not.toBeUndefined();
    expect([of(null, '2026-10'), of(null, '2026-11')]).toEqual([undefined, undefined]);
  });
});

describe('reply rate', () => {
  it('is people who answered, of people whom a playbook wrote to', () => {
    const sent = (person: string, on: string, playbook: string | null = 'renewal') => ({
      ...{ kind: 'sent', person, on: day(on), playbook },
    });
    const answer = (person: string, on: string) => ({ kind: 'replied', person, on: day(on) });
    const events = [
      sent('p1', '2026-11-02'),
      sent('p1', '2026-11-09'),
      answer('p1', '2026-11-10'),
      sent('p2', '2026-11-02'),
      sent('p3', '2026-10-02'),
      answer('p3', '2026-11-03'),
      sent('p4', '2026-11-02', null),
      answer('p4', '2026-11-03'),
      sent('-', '2026-11-02'),
    ];
    expect(recordAt(recordsOf({ accounts: [{ events }] }), 'reply-rate')).toMatchObject({
      value: 50,
      numerator: 1,
      denominator: 2,
    });
  });
});

describe('coverage', () => {
  const accounts: readonly AccountDraft[] = [
    { account: { arr: 100.1, createdAt: at('2026-11-05') }, contacts: reachable, standing: { score: 80 } },
    { account: { arr: 200.2, createdAt: at('2020-01-01') }, standing: { score: 61 } },
    { account: { churned: true, churnedOn: day('2026-11-02'), arr: 900 }, standing: { score: 10 } },
    { account: {} },
  ];
  const records = recordsOf({ accounts });

  it('counts who is a customer, with revenue and score where they are known', () => {
    expect(recordAt(records, 'accounts')).toMatchObject({ value: 3 });
    expect(recordAt(records, 'revenue')).toMatchObject({ value: 300.3, sample: 2 });
    expect(recordAt(records, 'health')).toMatchObject({ value: 70.5, sample: 2, target: 75, met: 'not met' });
    expect(recordAt(records, 'coverage-score')).toMatchObject({ value: 66.7 });
    expect(recordAt(records, 'coverage-person')).toMatchObject({ value: 33.3 });
  });

  it('counts the customers of a month that is over by their days', () => {
    // The one of November was not there yet; the one that left in November still was.
    expect(recordAt(records, 'accounts', { period: '2026-10' })).toMatchObject({ value: 3, current: false });
  });
});

describe('value and advocates', () => {
  const nps = (score: number) => [{ kind: 'nps', score, answeredOn: day('2026-11-05') }];
  const accounts: readonly AccountDraft[] = [
    { account: { valuePerception: 'Essential' }, surveys: nps(10), standing: { band: 'healthy' } },
    { account: { valuePerception: 'Nice to have' }, surveys: nps(9), standing: { band: 'healthy' } },
    { account: { valuePerception: 'No longer needed' } },
    { surveys: nps(9), standing: { band: 'healthy' } },
    { surveys: nps(3), standing: { band: 'healthy' } },
    { surveys: nps(9), standing: { band: 'watch' } },
    { account: { referenceWilling: true } },
    { account: { referenceWilling: false } },
  ];
  const records = recordsOf({ accounts });

  it('keeps what was asked and what was derived apart', () => {
    expect(recordAt(records, 'value-essential')).toMatchObject({ value: 33.3, denominator: 3 });
    expect(recordAt(records, 'value-nice-to-have')).toMatchObject({ value: 33.3 });
    expect(recordAt(records, 'value-no-longer-needed')).toMatchObject({ value: 33.3 });
    expect(recordAt(records, 'value-derived')).toMatchObject({ value: 66.7, numerator: 2, denominator: 3 });
  });

  it('finds advocates among the healthy, and counts them per hundred accounts', () => {
    expect(recordAt(records, 'advocates')).toMatchObject({ value: 2 });
    expect(recordAt(records, 'advocates-per-100')).toMatchObject({ value: 25, numerator: 2, denominator: 8 });
    expect(recordAt(records, 'advocates-willing')).toMatchObject({ value: 1, sample: 2 });
  });

  it('takes detractors from promoters', () => {
    expect(recordAt(records, 'nps')).toMatchObject({ value: 60, sample: 5 });
  });
});

describe('renewals', () => {
  const due = (on: string, arr: number | null, band: string, tier = 'digital'): AccountDraft => ({
    account: { renewalOn: day(on), arr },
    standing: { band },
    tier,
  });
  const past = (band: string, lost: number, kept: number): AccountDraft => ({
    outcomes: [
      ...Array.from({ length: lost }, () => ({ band, lost: true })),
      ...Array.from({ length: kept }, () => ({ band, lost: false })),
    ],
  });
  const accounts = [
    due('2026-12-31', 1_000, 'risk'),
    due('2027-01-01', 500, 'healthy'),
    due('2027-02-01', 300, 'risk', 'hybrid'),
    due('2026-11-25', 7_000, 'risk'),
    due('2027-02-02', null, 'healthy'),
    due('2028-01-01', 9_000, 'healthy'),
    past('risk', 10, 30),
    past('healthy', 1, 9),
  ];
  const records = recordsOf({ accounts });

  it('are due by quarter, tier and band, from today on', () => {
    expect(recordAt(records, 'renewals-due', { period: '2026-Q4' })).toMatchObject({
      value: 1_000,
      sample: 1,
    });
    expect(recordAt(records, 'renewals-due', { period: '2027-Q1' })).toMatchObject({
      value: 800,
      sample: 2,
      current: true,
    });
    expect(recordAt(records, 'renewals-due', { period: '2027-Q1', tier: 'hybrid' })).toMatchObject({
      value: 300,
    });
    expect(recordAt(records, 'renewals-due', { period: '2027-Q1', band: 'risk' })).toMatchObject({
      value: 300,
    });
    expect(recordAt(records, 'renewals-due', { period: '2027-Q3' })).toMatchObject({ value: 0 });
  });

  it('are lost at the rate of their band once thirty outcomes are known', () => {
    expect(recordAt(records, 'renewals-expected-loss', { period: '2026-Q4', band: 'risk' })).toMatchObject({
      value: 250,
      sample: 40,
    });
    expect(recordAt(records, 'renewals-expected-loss', { period: '2027-Q1', band: 'healthy' })).toMatchObject(
      { value: null, sample: 10, met: 'too little data' },
    );
    expect(recordAt(records, 'renewals-expected-loss', { period: '2026-Q4' })).toMatchObject({ value: 250 });
    expect(recordAt(records, 'renewals-expected-loss', { period: '2027-Q1' })).toMatchObject({ value: null });
  });

  it('have no expected loss where no renewal was ever recorded as won', () => {
    const lost = recordsOf({ accounts: [due('2026-12-31', 1_000, 'risk'), past('risk', 40, 0)] });
    for (const band of ['risk', 'All'])
      expect(recordAt(lost, 'renewals-expected-loss', { period: '2026-Q4', band })).toMatchObject({
        value: null,
        sample: 40,
        met: 'too little data',
      });
  });
});
