import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MetricRecord } from '../../../../src/domain/program/metrics/record.js';
import { groupsOf } from '../../../../src/domain/program/metrics/splits/groups.js';
import { type AccountDraft, at, day, recordAt, recordsOf } from './builders.js';

const SINCE = day('2020-01-01');

const gone = (reason: string | null, more: AccountDraft['opportunities'] = []): AccountDraft => ({
  account: { customerSince: SINCE, churned: true, churnedOn: day('2026-06-01') },
  opportunities: [
    { type: 'renewal', closed: true, won: false, closeOn: day('2026-05-20'), lostReason: reason },
    ...more,
  ],
});
const stays = (industry: string | null = null): AccountDraft => ({
  account: { customerSince: SINCE, industry },
});

/** What the records of a number say of its groups, in their order. */
function groupsIn(records: readonly MetricRecord[], metric: string): readonly unknown[] {
  return records
    .filter((one) => one.metric.id === metric && one.period.name === '2026-11')
    .map(({ group: { segment }, value, sample }) => [segment, value, sample]);
}

describe('churn', () => {
  it('is told by the reason of the renewal that was lost last, which none may have given, or none be on record', () => {
    const records = recordsOf({
      accounts: [
        gone('Price', [
          { type: 'expansion', closed: true, won: false, closeOn: day('2026-05-30'), lostReason: 'Budget' },
        ]),
        gone('price'),
        gone(null),
        gone('Competitor'),
        { ...gone(null), opportunities: [] },
        {
          ...gone(null),
          opportunities: [
            { type: 'expansion', closed: true, won: false, closeOn: day('2026-05-30'), lostReason: null },
          ],
        },
        { ...gone(null), opportunities: [] },
        stays(),
      ],
    });
    expect(groupsIn(records, 'churn-by-reason')).toEqual([
      ['No lost renewal on record', 3, 3],
      ['Price', 2, 2],
      ['Competitor', 1, 1],
      ['Reason not given', 1, 1],
    ]);
  });

  it('is told while its month and its quarter run, over all tiers, and never as All', () => {
    const records = recordsOf({ accounts: [gone('ALL'), { ...gone('Price'), tier: 'hybrid' }] });
    const own = records.filter(({ metric }) => metric.id === 'churn-by-reason');
    expect(own.map(({ period, group }) => [period.name, group.tier, group.segment])).toEqual([
      ['2026-11', 'All', 'ALL (reason)'],
      ['2026-11', 'All', 'Price'],
      ['2026-Q4', 'All', 'ALL (reason)'],
      ['2026-Q4', 'All', 'Price'],
    ]);
    expect(own.every(({ current }) => current)).toBe(true);
  });

  it('names the eight largest groups, or seven and the rest together', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
    const accounts = names.flatMap((name, nth) => Array.from({ length: 10 - nth }, () => stays(name)));
    expect(groupsIn(recordsOf({ accounts }), 'customers-by-industry')).toEqual([
      ...['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name, nth) => [name, 10 - nth, 10 - nth]),
      ['Other', 5, 5],
    ]);
  });

  it('of a group is too little data below thirty customers, and has an interval from there on', () => {
    const few = Array.from({ length: 29 }, () => stays('Retail'));
    const enough = Array.from({ length: 29 }, () => stays('Banking'));
    const left = { ...gone('Price'), account: { ...gone('Price').account, industry: 'Banking' } };
    const records = recordsOf({ accounts: [...few, ...enough, left] });
    const banking = recordAt(records, 'churn-by-industry', { segment: 'Banking' });
    expect(banking).toMatchObject({ value: 3.3, numerator: 1, denominator: 30, sample: 30 });
    expect(banking?.interval?.low).toBeLessThan(3.3);
    expect(banking?.interval?.high).toBeGreaterThan(3.3);
    const retail = recordAt(records, 'churn-by-industry', { segment: 'Retail' });
    expect(retail).toMatchObject({ value: null, sample: 29, met: 'too little data', interval: null });
  });
});

describe('support', () => {
  const cases = [
    { openedAt: at('2026-09-10', 0), closedAt: at('2026-09-10', 6), priority: 'High', product: 'Web' },
    { openedAt: at('2026-08-01', 0), closedAt: at('2026-10-01', 0), priority: 'high', product: 'Mail' },
    { openedAt: at('2026-11-20'), priority: 'P1', product: null },
    { openedAt: at('2026-07-01'), closedAt: at('2026-07-02'), priority: 'low', product: 'Web' },
  ];
  const records = recordsOf({ accounts: [{ cases }] });

  it('is told by priority in the order of priorities, with whatever else there is as Other', () => {
    expect(groupsIn(records, 'cases-opened-by-priority')).toEqual([
      ['high', 1, 1],
      ['Other', 1, 1],
    ]);
    expect(groupsIn(records, 'resolution-time-by-priority')).toEqual([
      ['high', 735, 2],
      ['Other', null, 0],
    ]);
  });

  it('loses no case, however it is cut', () => {
    for (const number of ['cases-opened', 'cases-resolved'] as const)
      for (const cut of ['priority', 'product'] as const) {
        const groups = groupsIn(records, `${number}-by-${cut}`) as readonly [string, number, number][];
        const sum = groups.reduce((all, [, value]) => all + value, 0);
        expect([number, cut, sum]).toEqual([number, cut, recordAt(records, `${number}-90`)?.value]);
      }
  });
});

describe('groups that are met', () => {
  const names = fc.array(fc.constantFrom(...'abcdefghij', 'Other', 'A', 'B'), { maxLength: 40 });

  /** How often each group was counted, where so many are told apart. */
  function countsOf(met: readonly string[], most: number): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const add = (key: string, more: number) => counts.set(key, (counts.get(key) ?? 0) + more);
    const groups = groupsOf((dropped) => {
      const moved = counts.get(dropped) ?? 0;
      counts.delete(dropped);
      add('other', moved);
    }, most);
    for (const name of met) add(groups.keyOf(name), 1);
    return counts;
  }

  it('are the same whatever the order, and lose nobody when there are too many', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 5 }), (met, most) => {
        const counts = countsOf(met, most);
        const sorted = (of: ReadonlyMap<string, number>) => [...of].filter(([, n]) => n > 0).sort();
        expect(sorted(countsOf(met.toReversed(), most))).toEqual(sorted(counts));
        expect([...counts.values()].reduce((sum, n) => sum + n, 0)).toBe(met.length);
        expect([...counts.keys()].filter((key) => key !== 'other').length).toBeLessThanOrEqual(most);
      }),
    );
  });
});
