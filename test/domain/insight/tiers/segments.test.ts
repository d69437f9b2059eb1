import { describe, expect, it } from '@jest/globals';
import {
  revenueSegment,
  type SegmentEntry,
  seatSegment,
  segmentBook,
} from '../../../../src/domain/insight/tiers/segments.js';
import { aStaffing } from './builders.js';

function anEntry(change: Partial<SegmentEntry> = {}): SegmentEntry {
  return {
    customer: true,
    tier: 'high',
    revenue: 100,
    left: false,
    expanded: false,
    cases: 1,
    segments: { 'account.seats': '1-3' },
    ...change,
  };
}

const COSTS = { staffing: { high: aStaffing() }, perAccount: new Map([['high', 20]]) };

describe('segments', () => {
  it('tell churn, growth, cases, hours and cost with n, and nothing under thirty', () => {
    const book = segmentBook(new Set());
    for (let nth = 0; nth < 40; nth++) book.add(anEntry({ expanded: nth < 10, cases: nth % 3 }));
    for (let nth = 0; nth < 10; nth++) book.add(anEntry({ customer: false, left: true }));
    book.add(anEntry({ segments: { 'account.seats': '4-10' }, tier: 'mid' }));
    const [small, large] = book.told(COSTS);
    expect(small).toMatchObject({ segment: '1-3', accounts: 40, revenue: 4_000, costShare: 0.2 });
    expect(small?.churn).toMatchObject({ n: 50, estimate: { value: 0.2 } });
    expect(small?.growth).toMatchObject({ n: 40, estimate: { value: 0.25 } });
    expect(small?.cases.estimate?.value).toBeCloseTo(0.975, 6);
    expect(small?.hoursPerAccount).toBeCloseTo(10, 6);
    expect(large).toMatchObject({
      segment: '4-10',
      churn: { n: 1, estimate: null },
      hoursPerAccount: null,
      costShare: null,
    });
  });

  it('count no cost for accounts without a tier, which nobody looks after', () => {
    const book = segmentBook(new Set());
    book.add(anEntry());
    book.add(anEntry({ tier: 'unassigned' }));
    book.add(anEntry({ segments: { 'account.seats': '4-10' } }));
    expect(book.told(COSTS)[0]).toMatchObject({ accounts: 2, costShare: 0.1 });
  });

  it('are none where a text has a value of its own for almost each customer, or one for all', () => {
    const book = segmentBook(new Set(['custom.city']));
    for (let nth = 0; nth < 20; nth++)
      book.add(anEntry({ segments: { 'custom.city': `City ${nth}`, 'custom.one': 'x' } }));
    expect(book.told(COSTS)).toEqual([]);
  });

  it('of ranges are in order, of names the largest first', () => {
    const book = segmentBook(new Set(['custom.region']));
    const regions = ['B', 'B', 'A'];
    for (const [at, seats] of [300, 2, 20].entries())
      book.add(
        anEntry({ segments: { 'account.seats': seatSegment(seats), 'custom.region': regions[at] ?? '' } }),
      );
    expect(book.told(COSTS).map(({ segment }) => segment)).toEqual([
      '1-3',
      '11-50',
      '201 and more',
      'B',
      'A',
    ]);
  });

  it.each([
    [1_000, '1,000 to 2,500'],
    [2_499, '1,000 to 2,500'],
    [2_500, '2,500 to 10,000'],
    [10_000, '10,000 to 25,000'],
    [0, 'none'],
  ])('of a revenue of %d are %s', (revenue, segment) => {
    expect(revenueSegment(revenue)).toBe(segment);
  });

  it.each([
    [1, '1-3'],
    [3, '1-3'],
    [4, '4-10'],
    [200, '51-200'],
    [201, '201 and more'],
  ])('of %d seats are %s', (seats, segment) => {
    expect(seatSegment(seats)).toBe(segment);
  });
});
