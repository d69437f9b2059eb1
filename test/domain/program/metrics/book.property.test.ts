import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MetricRecord } from '../../../../src/domain/program/metrics/record.js';
import { type AccountDraft, day, recordsOf, TODAY } from './builders.js';

const TIERS = ['high-touch', 'hybrid', 'digital'];

const someDay = fc.integer({ min: TODAY - 800, max: TODAY + 300 });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

const anyAccount: fc.Arbitrary<AccountDraft> = fc.record({
  account: fc.record({
    arr: maybe(fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100)),
    customerSince: maybe(someDay),
    churned: fc.boolean(),
    churnedOn: maybe(someDay),
    renewalOn: maybe(someDay),
    industry: maybe(fc.constantFrom('Retail', 'retail', 'Banking', ...'ABCDEFG')),
    seats: maybe(fc.integer({ min: 1, max: 300 })),
    valuePerception: maybe(fc.constantFrom('essential', 'nice-to-have', 'no-longer-needed')),
  }),
  opportunities: fc.array(
    fc.record({
      type: fc.constantFrom('renewal', 'expansion', 'new'),
      closed: fc.boolean(),
      won: fc.boolean(),
      closeOn: someDay,
      lostReason: maybe(fc.constantFrom('Price', 'price', 'Budget')),
      amount: maybe(fc.integer({ min: 0, max: 999_999 }).map((cents) => cents / 100)),
    }),
    { maxLength: 4 },
  ),
  cases: fc.array(
    fc.record({
      openedAt: someDay.map((on) => on * 86_400_000),
      closedAt: maybe(someDay.map((on) => on * 86_400_000 + 40_000_000)),
      csat: maybe(fc.integer({ min: 1, max: 5 })),
      priority: maybe(fc.constantFrom('High', 'low', 'odd')),
      product: maybe(fc.constantFrom('Web', 'web', 'Mail')),
    }),
    { maxLength: 4 },
  ),
  contacts: fc.array(fc.constant({ email: 'a@b.example' }), { maxLength: 1 }),
  surveys: fc.array(
    fc.record({
      kind: fc.constantFrom('nps', 'csat'),
      score: fc.integer({ min: 0, max: 10 }),
      answeredOn: someDay,
    }),
    { maxLength: 3 },
  ),
  standing: fc.record({
    score: maybe(fc.integer({ min: 0, max: 100 })),
    band: fc.constantFrom('healthy', 'watch', 'risk', 'unknown'),
    dayZero: maybe(someDay),
    phase: fc.constantFrom('onboarding', 'ongoing'),
    onboardedOn: maybe(someDay),
  }),
  tier: fc.constantFrom(...TIERS),
  segment: fc.constantFrom('North', 'south', 'South', 'West', 'East'),
});

const anyBook = fc.array(anyAccount, { minLength: 1, maxLength: 8 });
const policy = { segmentBy: { fact: 'custom.region', atMost: 2 } };

const placed = (records: readonly MetricRecord[]): readonly string[] =>
  records.map((record) => JSON.stringify(record)).sort();

describe('the numbers of any book', () => {
  it('do not depend on how many accounts are counted together', () => {
    fc.assert(
      fc.property(anyBook, fc.integer({ min: 1, max: 8 }), (accounts, countedBy) => {
        expect(recordsOf({ accounts, policy, countedBy })).toEqual(recordsOf({ accounts, policy }));
      }),
    );
  });

  it('do not depend on the order of its accounts', () => {
    fc.assert(
      fc.property(anyBook, (accounts) => {
        const backwards = placed(recordsOf({ accounts: [...accounts].reverse(), policy }));
        expect(backwards).toEqual(placed(recordsOf({ accounts, policy })));
      }),
      { numRuns: 25 },
    );
  });

  it.each(['tier', 'segment', 'band'] as const)('sum to All over every %s', (split) => {
    fc.assert(
      fc.property(anyBook, (accounts) => {
        const records = recordsOf({ accounts, policy });
        const groups = Map.groupBy(records, ({ metric, period, group }) =>
          JSON.stringify([metric.id, period.name, { ...group, [split]: '' }]),
        );
        for (const group of groups.values()) {
          // What is split otherwise stands in the place of the segment, and has no All.
          if (group.every((record) => / by /.test(record.metric.label))) continue;
          const all = group.find((record) => record.group[split] === 'All');
          const parts = group.filter((record) => record.group[split] !== 'All');
          if (all === undefined || parts.length === 0 || all.metric.id === 'renewals-expected-loss') continue;
          const sum = (of: 'sample' | 'numerator' | 'denominator') =>
            parts.reduce((total, record) => total + Math.round((record[of] ?? 0) * 100), 0);
          expect(sum('sample')).toBe(all.sample * 100);
          expect(sum('numerator')).toBe(Math.round((all.numerator ?? 0) * 100));
          expect(sum('denominator')).toBe(Math.round((all.denominator ?? 0) * 100));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('stand in one record each', () => {
    fc.assert(
      fc.property(anyBook, (accounts) => {
        const places = recordsOf({ accounts, policy }).map(({ metric, period, group }) =>
          JSON.stringify([metric.id, period.name, group]),
        );
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what is not mapped', () => {
  it('has no record at all, and no zero', () => {
    const mapped = new Set(['account.name', 'contact.email']);
    const records = recordsOf({ accounts: [{ account: { name: 'A' } }], mapped });
    expect([...new Set(records.map(({ metric }) => metric.id))].sort()).toEqual([
      'accounts',
      'content',
      'coverage-person',
      'coverage-score',
      'engagement',
      'health',
      'messages-answered',
      'messages-clicked',
      'messages-opened',
      'reply-rate',
    ]);
  });

  it('is too little data where it is mapped and nobody says anything', () => {
    const records = recordsOf({ accounts: [{ account: { customerSince: day('2020-01-01') } }] });
    for (const record of records.filter(({ metric }) => ['csat', 'nps', 'health'].includes(metric.id)))
      expect(record).toMatchObject({ value: null, sample: 0, met: 'too little data' });
  });
});
