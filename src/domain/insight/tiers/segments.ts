import type { ProgramPolicy } from '../../program/program-policy.js';
import { hoursPerAccount } from '../../program/program-policy.js';
import { type TierId, UNASSIGNED } from '../../tier/tier.js';
import { type Estimate, meanInterval, OUTCOME_FLOOR, wilson } from '../intervals.js';

/** One customer as segments are compared; what is null is not known of it. */
export interface SegmentEntry {
  /** False for one that has left: it counts for churn alone. */
  readonly customer: boolean;
  readonly tier: TierId;
  readonly revenue: number | null;
  /** Of the customers of a year before: whether it left since. */
  readonly left: boolean | null;
  /** Whether an expansion was won in the last twelve months. */
  readonly expanded: boolean | null;
  /** Cases opened in the last twelve months. */
  readonly cases: number | null;
  /** Its segment by each way to split the book; absent = unknown. */
  readonly segments: Readonly<Record<string, string>>;
}

/** Customers of one segment. Every estimate has its n; null = too little data. */
export interface Segment {
  /** How the book is split: `account.seats`, `custom.product` … */
  readonly by: string;
  readonly segment: string;
  readonly accounts: number;
  /** Of the customers of whom it is known; null = of none. */
  readonly revenue: number | null;
  readonly revenueUnknown: number;
  readonly churn: Measured;
  readonly growth: Measured;
  /** Mean number of cases a customer and year. */
  readonly cases: Measured;
  /** Hours a customer and year as the activities of its tiers ask for; null = config/program.yaml does not say. */
  readonly hoursPerAccount: number | null;
  /** Cost of a year at today's cost per account of each tier, of the revenue; 0 and more, null = not said. */
  readonly costShare: number | null;
}

export interface Measured {
  readonly n: number;
  readonly estimate: Estimate | null;
}

/** Segments, fed one customer at a time. Memory grows with segments, not with accounts. */
export interface SegmentBook {
  readonly add: (entry: SegmentEntry) => void;
  readonly told: (costs: SegmentCosts) => readonly Segment[];
}

export interface SegmentCosts {
  readonly staffing: ProgramPolicy['staffing'];
  /** Cost of one account and year by tier; absent = not said. */
  readonly perAccount: ReadonlyMap<TierId, number>;
}

interface Growing {
  readonly by: string;
  readonly segment: string;
  accounts: number;
  revenue: number;
  revenueUnknown: number;
  readonly churn: { n: number; reached: number };
  readonly growth: { n: number; reached: number };
  readonly cases: { n: number; sum: number; squares: number };
  readonly tiers: Map<TierId, number>;
}

/** More values than this are no segments: a way to split that has them is let go. */
const MOST_VALUES = 12;

/** An empty book. `texts` = ways to split whose values are texts, which may turn out to be too many. */
export function segmentBook(texts: ReadonlySet<string>): SegmentBook {
  const grown = new Map<string, Map<string, Growing>>();
  const dropped = new Set<string>();
  const at = (by: string, segment: string): Growing | null => {
    if (dropped.has(by)) return null;
    const values = grown.get(by) ?? new Map<string, Growing>();
    grown.set(by, values);
    const found = values.get(segment) ?? emptyOf(by, segment);
    values.set(segment, found);
    if (values.size <= MOST_VALUES || !texts.has(by)) return found;
    dropped.add(by);
    grown.delete(by);
    return null;
  };
  return {
    add: (entry) => {
      for (const [by, segment] of Object.entries(entry.segments)) {
        const growing = at(by, segment);
        if (growing !== null) grow(growing, entry);
      }
    },
    told: (costs) =>
      [...grown.values()].flatMap((values) =>
        values.size < 2 ? [] : inOrder([...values.values()]).map((one) => segmentOf(one, costs)),
      ),
  };
}

/** Ranges by where they begin; names by how many customers they have. */
function inOrder(segments: readonly Growing[]): readonly Growing[] {
  const start = ({ segment }: Growing): number => Number.parseFloat(segment.replaceAll(',', ''));
  return segments.toSorted((a, b) => {
    const byStart = start(a) - start(b);
    return Number.isNaN(byStart) ? b.accounts - a.accounts || (a.segment < b.segment ? -1 : 1) : byStart;
  });
}

function emptyOf(by: string, segment: string): Growing {
  return {
    by,
    segment,
    accounts: 0,
    revenue: 0,
    revenueUnknown: 0,
    churn: { n: 0, reached: 0 },
    growth: { n: 0, reached: 0 },
    cases: { n: 0, sum: 0, squares: 0 },
    tiers: new Map(),
  };
}

function grow(growing: Growing, { customer, tier, revenue, left, expanded, cases }: SegmentEntry): void {
  if (left !== null) count(growing.churn, left);
  if (!customer) return;
  growing.accounts += 1;
  growing.revenue += revenue ?? 0;
  if (revenue === null) growing.revenueUnknown += 1;
  growing.tiers.set(tier, (growing.tiers.get(tier) ?? 0) + 1);
  if (expanded !== null) count(growing.growth, expanded);
  if (cases === null) return;
  growing.cases.n += 1;
  growing.cases.sum += cases;
  growing.cases.squares += cases ** 2;
}

function count(counted: { n: number; reached: number }, holds: boolean): void {
  counted.n += 1;
  if (holds) counted.reached += 1;
}

function segmentOf(growing: Growing, { staffing, perAccount }: SegmentCosts): Segment {
  const { by, segment, accounts, revenue, revenueUnknown, churn, growth, cases, tiers } = growing;
  const hours = summedOver(tiers, (tier) => {
    const said = staffing[tier];
    return said === undefined ? null : hoursPerAccount(said);
  });
  const cost = summedOver(tiers, (tier) => perAccount.get(tier) ?? null);
  return {
    by,
    segment,
    accounts,
    revenue: accounts > 0 && revenueUnknown === accounts ? null : revenue,
    revenueUnknown,
    churn: shareOf(churn),
    growth: shareOf(growth),
    cases: { n: cases.n, estimate: cases.n < OUTCOME_FLOOR ? null : meanInterval(cases) },
    hoursPerAccount: hours === null || accounts === 0 ? null : hours / accounts,
    costShare: cost === null || revenue <= 0 ? null : cost / revenue,
  };
}

function shareOf({ n, reached }: { readonly n: number; readonly reached: number }): Measured {
  return { n, estimate: n < OUTCOME_FLOOR ? null : wilson(reached, n) };
}

/** Sum over the accounts of each tier; null where a tier that has accounts is not said. */
function summedOver(
  tiers: ReadonlyMap<TierId, number>,
  each: (tier: TierId) => number | null,
): number | null {
  let sum = 0;
  for (const [tier, accounts] of tiers) {
    // Nobody looks after an account without a tier.
    if (tier === UNASSIGNED) continue;
    const one = each(tier);
    if (one === null) return null;
    sum += one * accounts;
  }
  return sum;
}

const SEATS = [3, 10, 50, 200];

/** `1-3`, `4-10`, `11-50`, `51-200`, `201 and more`. */
export function seatSegment(seats: number): string {
  const at = SEATS.findIndex((upTo) => seats <= upTo);
  if (at < 0) return `${(SEATS.at(-1) ?? 0) + 1} and more`;
  return `${at === 0 ? 1 : (SEATS[at - 1] ?? 0) + 1}-${SEATS[at]}`;
}

/** Edges in the steps 1, 2.5 and 10 of each power of ten: `10,000 to 25,000`. Nothing and less is `none`. */
export function revenueSegment(revenue: number): string {
  if (revenue <= 0) return 'none';
  const power = 10 ** Math.floor(Math.log10(revenue) + 1e-9);
  const [low, high] = revenue < 2.5 * power ? [power, 2.5 * power] : [2.5 * power, 10 * power];
  return `${words(low)} to ${words(high)}`;
}

function words(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
