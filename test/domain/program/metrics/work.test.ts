import { describe, expect, it } from '@jest/globals';
import { type AccountDraft, at, day, recordAt, recordsOf, valueAt } from './builders.js';

describe('onboarding completed', () => {
  const began = (text: string, over: AccountDraft['standing'] = {}): AccountDraft => ({
    standing: { dayZero: day(text), phase: 'ongoing', ...over },
  });

  it('counts whose thirtieth day fell in the period, and completed by then', () => {
    const accounts = [
      began('2026-10-10', { onboardedOn: day('2026-11-09') }),
      began('2026-10-10', { onboardedOn: day('2026-11-10') }),
      began('2026-10-20', { phase: 'onboarding' }),
      began('2026-09-01', { onboardedOn: day('2026-09-20') }),
      // Its thirtieth day is tomorrow.
      began('2026-10-28', { onboardedOn: day('2026-11-01') }),
    ];
    expect(recordAt(recordsOf({ accounts }), 'onboarding-completed')).toMatchObject({
      value: 33.3,
      numerator: 1,
      denominator: 3,
    });
  });

  it('says nothing of who was past it when we first looked, or where nothing is required', () => {
    expect(recordAt(recordsOf({ accounts: [began('2026-10-10')] }), 'onboarding-completed')).toMatchObject({
      value: null,
      met: 'too little data',
    });
    const still = [began('2026-10-10', { phase: 'onboarding' })];
    expect(valueAt({ accounts: still, tellsOnboarding: false }, 'onboarding-completed')).toBeNull();
    expect(valueAt({ accounts: still }, 'onboarding-completed')).toBe(0);
  });

  it('leaves out whom we first saw after the thirtieth day: of them only those who failed could be counted', () => {
    const late = began('2026-10-10', { phase: 'onboarding' });
    const ended = began('2026-10-10', { onboardedOn: day('2026-11-15') });
    const of = (accounts: readonly AccountDraft[], watchedFrom: string) =>
      recordAt(recordsOf({ accounts, watchedFrom: day(watchedFrom) }), 'onboarding-completed');
    expect(of([late, ended], '2026-11-10')).toMatchObject({ met: 'too little data', sample: 0 });
    expect(of([late, ended], '2026-11-09')).toMatchObject({ value: 0, sample: 2 });
    const made = { ...late, account: { createdAt: at('2026-11-12') } };
    expect(of([made], '2026-01-01')).toMatchObject({ met: 'too little data', sample: 0 });
  });
});

describe('time to first value', () => {
  const reached = (start: string, first: string): AccountDraft => ({
    account: { customerSince: day(start) },
    standing: { dayZero: day(start) },
    usage: [
      { on: day(first) - 7, keyActions: 0 },
      { on: day(first), keyActions: 3 },
    ],
  });

  it('is the median over those who reached it in the period', () => {
    const accounts = [
      reached('2026-11-01', '2026-11-11'),
      reached('2026-11-01', '2026-11-21'),
      reached('2026-10-01', '2026-10-31'),
      // The feed goes back to September.
      { usage: [{ on: day('2026-09-01'), keyActions: 0 }] },
    ];
    const records = recordsOf({ accounts });
    expect(recordAt(records, 'time-to-first-value', { period: '2026-Q4' })).toMatchObject({
      value: 20,
      sample: 3,
    });
    expect(recordAt(records, 'time-to-first-value', { period: '2026-11' })).toMatchObject({
      value: 15,
      sample: 2,
    });
  });

  it('leaves out customers who began before the feed: their first use was never seen', () => {
    const old = reached('2024-01-01', '2026-11-11');
    const records = recordsOf({ accounts: [old, reached('2026-11-05', '2026-11-11')] });
    expect(recordAt(records, 'time-to-first-value')).toMatchObject({ value: 6, sample: 1 });
  });
});

describe('support', () => {
  const accounts: readonly AccountDraft[] = [
    {
      cases: [
        { openedAt: at('2026-11-01', 0), closedAt: at('2026-11-01', 6), closed: true, csat: 5 },
        { openedAt: at('2026-11-02', 0), closedAt: at('2026-11-02', 9), closed: true, csat: 3 },
        { openedAt: at('2026-10-30', 0), closedAt: at('2026-11-03', 0), closed: true },
        { openedAt: at('2026-11-20'), closed: false },
      ],
    },
    { cases: [{ openedAt: at('2026-10-30'), closedAt: at('2026-10-30', 14), closed: true, csat: 4 }] },
  ];

  it('tells the median hours of what was closed, beside the volume', () => {
    const records = recordsOf({ accounts });
    expect(recordAt(records, 'resolution-time')).toMatchObject({ value: 9, sample: 3, met: 'no target' });
    expect(recordAt(records, 'cases-opened')).toMatchObject({ value: 3 });
    expect(recordAt(records, 'cases-resolved')).toMatchObject({ value: 3 });
    expect(recordAt(records, 'resolution-time', { period: '2026-10' })).toMatchObject({ value: 2 });
    expect(recordAt(records, 'resolution-time', { period: '2026-Q4' })).toMatchObject({ value: 7.5 });
  });

  it('holds a change against the baseline that was measured', () => {
    const better = { target: -25, kind: 'change', direction: 'at most', months: 6 } as const;
    const targets = (baseline: number | null) => ({ 'resolution-time': { ...better, baseline } });
    const told = (baseline: number | null) =>
      recordAt(recordsOf({ accounts, policy: { targets: targets(baseline) } }), 'resolution-time');
    expect(told(12)).toMatchObject({ target: 9, baseline: 12, direction: 'at most', met: 'met' });
    expect(told(11)).toMatchObject({ target: 8.25, met: 'not met' });
    expect(told(null)).toMatchObject({ target: null, direction: null, met: 'no target' });
  });

  it('counts ratings of cases among the satisfaction answers', () => {
    const surveys = [
      { kind: 'csat', score: 4, answeredOn: day('2026-11-05') },
      { kind: 'csat', score: 2, answeredOn: day('2026-10-05') },
      { kind: 'nps', score: 9, answeredOn: day('2026-11-05') },
    ];
    const records = recordsOf({ accounts: [...accounts, { surveys }] });
    expect(recordAt(records, 'csat')).toMatchObject({ value: 66.7, numerator: 2, denominator: 3 });
  });
});

describe('responses', () => {
  // 26 November 2026 is a Thursday.
  const requests = [
    { receivedAt: at('2026-11-02', 8), answeredAt: at('2026-11-02', 9), resolved: true },
    { receivedAt: at('2026-11-03', 8), answeredAt: at('2026-11-04', 8), resolved: false },
    { receivedAt: at('2026-11-24', 8), resolved: false },
    { receivedAt: at('2026-11-25', 8), resolved: false },
    { receivedAt: at('2026-11-05', 8), resolved: true },
    { receivedAt: at('2026-10-30', 8), answeredAt: at('2026-11-02', 8), resolved: true },
  ];
  const records = recordsOf({ accounts: [{ requests }] });

  it('counts what came in and how long it waited', () => {
    expect(recordAt(records, 'responses-received')).toMatchObject({ value: 5 });
    expect(recordAt(records, 'responses-answered-in')).toMatchObject({ value: 750, sample: 2 });
    expect(recordAt(records, 'responses-resolved')).toMatchObject({ value: 2 });
  });

  it('tells what waits, and what has waited for more than a business day', () => {
    expect(recordAt(records, 'responses-open')).toMatchObject({ value: 2 });
    expect(recordAt(records, 'responses-overdue')).toMatchObject({ value: 1 });
    expect(recordAt(records, 'responses-open', { period: '2026-10' })).toMatchObject({ value: 1 });
    // 30 October was a Friday: the next business day had not passed when the month ended.
    expect(recordAt(records, 'responses-overdue', { period: '2026-10' })).toMatchObject({ value: 0 });
  });
});
