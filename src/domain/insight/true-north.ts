import { exactTest, holm } from './exact-test.js';
import { foldOf } from './folds.js';
import { type Count, type Estimate, newcombe, OUTCOME_FLOOR } from './intervals.js';
import { type FeedReach, type Milestone, type NewCustomer, reachedBy } from './milestones.js';

/** Customers who reached a milestone and those who did not, and how many of each stayed. */
export interface Split {
  readonly reached: Count;
  readonly others: Count;
}

export interface TrueNorthQuestion {
  readonly customers: readonly NewCustomer[];
  readonly milestones: readonly Milestone[];
  readonly reach: FeedReach;
}

/** What was found for all customers, or for those of a segment. */
export interface TrueNorth {
  /** `All`, or the segment. */
  readonly segment: string;
  readonly customers: number;
  readonly stayed: number;
  /** Milestones that were tried here; the correction counts all that were tried anywhere. */
  readonly tried: number;
  /** All of them as the first half sees them, the largest difference first. */
  readonly milestones: readonly TriedMilestone[];
  readonly chosen: ChosenMilestone | null;
  readonly verdict: 'separates' | 'none separates' | 'too little data';
}

/** What the half that chooses says of one milestone. */
export interface TriedMilestone {
  readonly id: string;
  readonly label: string;
  /** Customers with it and without, and how many of each stayed. */
  readonly split: Split;
  /** Share that stayed with it less the share without, -1 to 1; whoever was chosen by it is flattered by it. */
  readonly difference: number;
  /** Chance of such a difference where nothing separates, corrected for the number tried; 0-1. */
  readonly chance: number;
}

/** The milestone that one half of the customers chose, and what the other half says of it. */
export interface ChosenMilestone {
  readonly milestone: Milestone;
  /** Chance of such a difference where nothing separates, corrected for the number tried; 0-1. */
  readonly chance: number;
  readonly choosing: Split;
  readonly estimating: Split;
  /** Share that stayed with the milestone less the share without, in the other half; null = too few. */
  readonly difference: Estimate | null;
}

export const EVERYBODY = 'All';
/** Share of the customers that must have reached a milestone, and that must not have. */
const LEAST_SHARE = 0.1;
const CERTAINTY = 0.05;
const SALT = 'true-north';

/**
 * The early milestone that separates the customers who stayed, for all and for each segment. Half of the customers
 * (by a hash of the account) choose: the largest difference of those that hold corrected for everything that was tried.
 * The other half alone says how large it is, so that having been chosen flatters nothing.
 */
export function trueNorth(question: TrueNorthQuestion): {
  readonly tried: number;
  readonly found: readonly TrueNorth[];
} {
  const groups = groupsOf(question.customers);
  const test = exactTest(question.customers.length);
  const tries = groups.flatMap((group) =>
    triesIn(group, question).map((one) => ({
      ...one,
      chance: test(one.choosing.reached, one.choosing.others),
    })),
  );
  const corrected = holm(tries.map(({ chance }) => chance));
  const judged = tries.map((one, at) => ({ ...one, chance: corrected[at] ?? 1 }));
  const found = groups.map((group) =>
    findingOf(
      group,
      judged.filter(({ segment }) => segment === group.segment),
    ),
  );
  return { tried: tries.length, found };
}

interface Group {
  readonly segment: string;
  readonly customers: readonly NewCustomer[];
}

function groupsOf(customers: readonly NewCustomer[]): readonly Group[] {
  const everybody = { segment: EVERYBODY, customers };
  const segments = [...Map.groupBy(customers, ({ segment }) => segment)];
  if (segments.length < 2) return [everybody];
  const named = segments.map(([segment, own]) => ({ segment, customers: own }));
  return [
    everybody,
    ...named.sort((a, b) => b.customers.length - a.customers.length || (a.segment < b.segment ? -1 : 1)),
  ];
}

interface Try {
  readonly segment: string;
  readonly milestone: Milestone;
  readonly choosing: Split;
  readonly estimating: Split;
}

function triesIn({ segment, customers }: Group, { milestones, reach }: TrueNorthQuestion): readonly Try[] {
  const halves = [0, 1].map((half) => customers.filter(({ account }) => foldOf(account, 2, SALT) === half));
  return milestones.flatMap((milestone) => {
    const choosing = splitBy(milestone, halves[0] ?? [], reach);
    if (!isSupported(choosing)) return [];
    return [{ segment, milestone, choosing, estimating: splitBy(milestone, halves[1] ?? [], reach) }];
  });
}

function splitBy(milestone: Milestone, customers: readonly NewCustomer[], reach: FeedReach): Split {
  const counts = { reached: { n: 0, reached: 0 }, others: { n: 0, reached: 0 } };
  for (const customer of customers) {
    const has = reachedBy(milestone, customer, reach);
    if (has === null) continue;
    const side = has ? counts.reached : counts.others;
    side.n += 1;
    if (!customer.outcome.lost) side.reached += 1;
  }
  return counts;
}

function isSupported({ reached, others }: Split): boolean {
  const fewer = Math.min(reached.n, others.n);
  return fewer >= OUTCOME_FLOOR && fewer >= LEAST_SHARE * (reached.n + others.n);
}

function differenceIn({ reached, others }: Split): number {
  return reached.reached / reached.n - others.reached / others.n;
}

function triedOf({ milestone, choosing, chance }: Try & { readonly chance: number }): TriedMilestone {
  const { id, label } = milestone;
  return { id, label, split: choosing, difference: differenceIn(choosing), chance };
}

function findingOf(
  { segment, customers }: Group,
  tries: readonly (Try & { readonly chance: number })[],
): TrueNorth {
  const stayed = customers.filter(({ outcome }) => !outcome.lost).length;
  const milestones = tries
    .map(triedOf)
    .toSorted((a, b) => b.difference - a.difference || (a.id < b.id ? -1 : 1));
  const base = { segment, customers: customers.length, stayed, tried: tries.length, milestones };
  if (tries.length === 0) return { ...base, chosen: null, verdict: 'too little data' };
  const best = tries
    .filter(({ chance, choosing }) => chance < CERTAINTY && differenceIn(choosing) > 0)
    .toSorted(
      (a, b) => differenceIn(b.choosing) - differenceIn(a.choosing) || a.milestone.byDay - b.milestone.byDay,
    )[0];
  if (best === undefined) return { ...base, chosen: null, verdict: 'none separates' };
  const { milestone, chance, choosing, estimating } = best;
  const { reached, others } = estimating;
  const enough = Math.min(reached.n, others.n) >= OUTCOME_FLOOR;
  const difference = enough ? newcombe(reached, others) : null;
  const chosen = { milestone, chance, choosing, estimating, difference };
  if (difference === null) return { ...base, chosen, verdict: 'too little data' };
  return { ...base, chosen, verdict: difference.low > 0 ? 'separates' : 'none separates' };
}
