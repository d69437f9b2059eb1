import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CrmRow, RecordValue } from '../../../src/domain/facts/record.js';
import { type FirstDaysQuestion, newCustomerOf } from '../../../src/domain/insight/first-days.js';
import { milestonesFor, reachedBy } from '../../../src/domain/insight/milestones.js';

const DAY_ZERO = 20_000;
const MS_PER_DAY = 86_400_000;

type Values = Readonly<Record<string, RecordValue>>;

function rowsOf(values: readonly Values[] = []): readonly CrmRow[] {
  return values.map((one, at) => ({ id: `row-${at}`, accountId: 'A', values: one }));
}

interface Draft {
  readonly account?: Values;
  readonly opportunities?: readonly Values[];
  readonly usage?: readonly Values[];
  readonly activities?: readonly Values[];
  readonly cases?: readonly Values[];
  readonly moments?: Readonly<Record<string, number>>;
  readonly byChurn?: boolean;
}

function read(draft: Draft, today = DAY_ZERO + 500): ReturnType<typeof newCustomerOf> {
  const question: FirstDaysQuestion = {
    subject: {
      account: { id: 'A', accountId: 'A', values: draft.account ?? {} },
      rows: {
        opportunity: rowsOf(draft.opportunities),
        usage: rowsOf(draft.usage),
        activity: rowsOf(draft.activities),
        case: rowsOf(draft.cases),
      },
    },
    dayZero: DAY_ZERO,
    segment: 'All',
    moments: draft.moments ?? {},
    today,
    dayOf: (instant) => Math.floor(instant / MS_PER_DAY),
    byChurn: draft.byChurn ?? false,
  };
  return newCustomerOf(question);
}

const renewal = (closeOn: number, won: boolean, closed = true): Values => ({
  type: 'renewal',
  closed,
  won,
  closeOn,
});

describe('what came of a customer', () => {
  it('end after a year where renewals do not tell who stayed: lost are those who left in it', () => {
    const left = (on: number, today?: number) =>
      read(
        { account: { churnedOn: on }, opportunities: [renewal(DAY_ZERO + 100, false)], byChurn: true },
        today,
      );
    expect(left(DAY_ZERO + 200)?.outcome).toEqual({ on: DAY_ZERO + 200, lost: true });
    expect(left(DAY_ZERO + 400)?.outcome).toEqual({ on: DAY_ZERO + 365, lost: false });
    expect(left(DAY_ZERO - 5)).toBeNull();
    expect(read({ byChurn: true })?.outcome).toEqual({ on: DAY_ZERO + 365, lost: false });
    expect(read({ byChurn: true }, DAY_ZERO + 300)).toBeNull();
  });

  it.each([
    [
      'the first renewal that was closed',
      [renewal(DAY_ZERO + 365, true), renewal(DAY_ZERO + 400, false)],
      {},
      false,
    ],
    ['a lost one', [renewal(DAY_ZERO + 365, false)], {}, true],
    ['having left before it', [renewal(DAY_ZERO + 365, true)], { churnedOn: DAY_ZERO + 100 }, true],
    ['the renewal before it left', [renewal(DAY_ZERO + 365, true)], { churnedOn: DAY_ZERO + 400 }, false],
  ])('is %s', (_, opportunities, account, lost) => {
    expect(read({ opportunities, account })?.outcome.lost).toBe(lost);
  });

  it.each([
    ['is open still', [renewal(DAY_ZERO + 365, false, false)]],
    ['lies ahead', [renewal(DAY_ZERO + 501, true)]],
    ['is none: the first deal itself', [{ type: 'new', closed: true, won: true, closeOn: DAY_ZERO }]],
  ])('is not known while the renewal %s', (_, opportunities) => {
    expect(read({ opportunities })).toBeNull();
  });
});

describe('milestones of the first days', () => {
  const draft: Draft = {
    opportunities: [renewal(DAY_ZERO + 365, true)],
    account: { criteriaAgreedOn: DAY_ZERO + 20 },
    usage: [
      { on: DAY_ZERO + 2, feature: 'a', count: 1, keyActions: 0 },
      { on: DAY_ZERO + 10, feature: 'b', count: 2, keyActions: 3 },
      { on: DAY_ZERO + 40, feature: 'c', count: 2, keyActions: 4 },
    ],
    activities: [
      { on: DAY_ZERO + 5, kind: 'meeting', outcome: 'declined' },
      { on: DAY_ZERO + 15, kind: 'meeting', outcome: 'held' },
      { on: DAY_ZERO + 25, kind: 'Training', outcome: 'held', done: false },
    ],
    cases: [{ openedAt: (DAY_ZERO + 33) * MS_PER_DAY }],
  };

  it('are the first day of each thing, and counts by the end of a day', () => {
    const found = read(draft);
    expect(found?.firstOn).toEqual({
      'first-use': DAY_ZERO + 2,
      'first-value': DAY_ZERO + 10,
      'criteria-agreed': DAY_ZERO + 20,
      meeting: DAY_ZERO + 15,
      case: DAY_ZERO + 33,
    });
    expect(found?.counts).toEqual({
      'key-actions@7': 0,
      'key-actions@14': 3,
      'key-actions@30': 3,
      'key-actions@60': 7,
      'key-actions@90': 7,
      'features@30': 2,
    });
  });

  it('are unknown where the feed does not reach over those days, and where the outcome came before their end', () => {
    const customer = read(draft);
    const milestone = milestonesFor([], []).find(({ id }) => id === 'first-value@30');
    if (customer === null || milestone === undefined) throw new Error('Nothing to look at.');
    const reached = (from: number, upTo: number, on = DAY_ZERO + 365): boolean | null =>
      reachedBy(milestone, { ...customer, outcome: { on, lost: false } }, { usage: { from, upTo } });
    expect(reached(DAY_ZERO, DAY_ZERO + 30)).toBe(true);
    expect(reached(DAY_ZERO + 1, DAY_ZERO + 30)).toBeNull();
    expect(reached(DAY_ZERO, DAY_ZERO + 29)).toBeNull();
    expect(reached(DAY_ZERO, DAY_ZERO + 30, DAY_ZERO + 30)).toBeNull();
    expect(reachedBy(milestone, customer, {})).toBeNull();
  });

  it('by a day do not see what is dated after it', () => {
    const later = fc.array(
      fc.record({
        on: fc.integer({ min: DAY_ZERO + 31, max: DAY_ZERO + 364 }),
        feature: fc.constantFrom('x', 'y', 'z'),
        count: fc.nat(5),
        keyActions: fc.nat(50),
      }),
    );
    const reach = { usage: { from: DAY_ZERO, upTo: DAY_ZERO + 500 } };
    const asked = milestonesFor([], []).filter(({ byDay }) => byDay <= 30);
    const counted = [3, 2].map((atLeast, at) => ({
      id: 'x',
      label: 'x',
      byDay: 30,
      feed: 'usage' as const,
      of: ['key-actions@30', 'features@30'][at] ?? '',
      atLeast,
      done: null,
    }));
    fc.assert(
      fc.property(later, (rows) => {
        const [plain, more] = [
          read(draft),
          read({ ...draft, usage: [...rows, ...(draft.usage ?? []).slice(0, 2)] }),
        ];
        if (plain === null || more === null) throw new Error('Nothing to look at.');
        for (const milestone of [...asked, ...counted])
          expect(reachedBy(milestone, more, reach)).toBe(reachedBy(milestone, plain, reach));
      }),
    );
  });
});
