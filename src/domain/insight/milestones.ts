import type { Day } from '../day.js';

/** Where a milestone is read from. */
export type MilestoneFeed = 'usage' | 'activity' | 'case' | 'criteria' | 'moments';

/** A customer whose first renewal has come, or who left before it. */
export interface NewCustomer {
  readonly account: string;
  readonly segment: string;
  readonly dayZero: Day;
  /** The first renewal, or the day on which it left; always after day 0. */
  readonly outcome: { readonly on: Day; readonly lost: boolean };
  /** Day on which each thing first happened, by its name; absent = it never did. */
  readonly firstOn: Readonly<Partial<Record<string, Day>>>;
  /** How many there were by the end of a day after day 0, by name and day (`features@30`). */
  readonly counts: Readonly<Record<string, number>>;
}

/** Something that may or may not have happened by a day after day 0. */
export interface Milestone {
  /** `first-value@30`. */
  readonly id: string;
  /** `First key action within 30 days`. */
  readonly label: string;
  readonly byDay: number;
  readonly feed: MilestoneFeed;
  /** What it looks at in a customer's first days: a name in `firstOn`, or in `counts` where it asks for so many. */
  readonly of: string;
  /** Null = that it happened at all by then; a number = so many by then. */
  readonly atLeast: number | null;
  /** The condition by which config/moments.yaml would know it; null = no fact says just that, or it is a moment there already. */
  readonly done: string | null;
}

/** First and last day that a feed tells of, over the whole book; absent = it is not mapped, or holds nothing. */
export type FeedReach = Readonly<Partial<Record<MilestoneFeed, { readonly from: Day; readonly upTo: Day }>>>;

/**
 * Whether a customer had reached a milestone by its day. Null where the outcome was not later than that day, so that
 * nothing could be told from it, and where the feed does not reach over those days.
 */
export function reachedBy(
  { byDay, feed, of, atLeast }: Milestone,
  { dayZero, outcome, firstOn, counts }: NewCustomer,
  reach: FeedReach,
): boolean | null {
  const told = reach[feed];
  const end = dayZero + byDay;
  if (outcome.on <= end || told === undefined || dayZero < told.from || end > told.upTo) return null;
  if (atLeast !== null) return (counts[of] ?? 0) >= atLeast;
  return (firstOn[of] ?? Infinity) <= end;
}

/** Days after day 0 by which first use, first value and key actions are asked. */
export const USE_DAYS = [7, 14, 30, 60, 90] as const;
/** Days after day 0 by which the features used are counted. */
export const FEATURE_DAYS = 30;

interface Question {
  readonly of: string;
  readonly feed: MilestoneFeed;
  readonly label: string;
  readonly days: readonly number[];
  readonly done: string | null;
}

const FIRSTS: readonly Question[] = [
  { of: 'first-use', feed: 'usage', label: 'First use', days: USE_DAYS, done: 'has(usage.firstUsedOn)' },
  { of: 'first-value', feed: 'usage', label: 'First value', days: USE_DAYS, done: 'has(usage.firstValueOn)' },
  {
    of: 'criteria-agreed',
    feed: 'criteria',
    label: 'Success criteria agreed',
    days: [14, 30, 60, 90],
    done: 'has(account.criteriaAgreedOn)',
  },
  {
    of: 'meeting',
    feed: 'activity',
    label: 'First meeting held',
    days: [14, 30, 60, 90],
    done: 'activity.meetingsHeld90 > 0',
  },
  {
    of: 'training',
    feed: 'activity',
    label: 'Training held',
    days: [30, 60, 90],
    // Meetings are counted without trainings: nothing says that one was held.
    done: null,
  },
  {
    of: 'case',
    feed: 'case',
    label: 'First case opened',
    days: [14, 30, 90],
    done: 'cases.openedLast90 > 0',
  },
];

/** A moment of onboarding as a milestone is made of it. */
export interface MomentDue {
  readonly id: string;
  readonly label: string;
  readonly dueDay: number;
}

/**
 * Everything that is tried. How many key actions or features are asked for is the middle of what customers
 * had by then, whatever became of them: no outcome is looked at here.
 */
export function milestonesFor(
  customers: readonly NewCustomer[],
  moments: readonly MomentDue[],
): readonly Milestone[] {
  const middle = (name: string): number =>
    middleOf(Float64Array.from(customers, ({ counts }) => counts[name] ?? 0));
  const keyActions = USE_DAYS.map((byDay) => ({ byDay, atLeast: middle(`key-actions@${byDay}`) }));
  const features = [{ byDay: FEATURE_DAYS, atLeast: middle(`features@${FEATURE_DAYS}`) }];
  return [
    ...FIRSTS.flatMap(firstsOf),
    // One key action is first value, and asked already.
    ...keyActions.filter(({ atLeast }) => atLeast > 1).map(keyActionsBy),
    ...features.filter(({ atLeast }) => atLeast > 1).map(featuresBy),
    ...moments.map(momentBy),
  ];
}

function middleOf(counts: Float64Array): number {
  return counts.sort()[Math.floor(counts.length / 2)] ?? 0;
}

function firstsOf({ of, feed, label, days, done }: Question): readonly Milestone[] {
  return days.map((byDay) => ({
    id: `${of}@${byDay}`,
    label: `${label} within ${byDay} days`,
    byDay,
    feed,
    of,
    atLeast: null,
    done,
  }));
}

/** Days over which the fact counts key actions: it does not say how many there were in more. */
const COUNTED_DAYS = 28;

interface Counted {
  readonly byDay: number;
  readonly atLeast: number;
}

function keyActionsBy({ byDay, atLeast }: Counted): Milestone {
  return {
    id: `key-actions@${byDay}`,
    label: `${atLeast} key actions within ${byDay} days`,
    byDay,
    feed: 'usage',
    of: `key-actions@${byDay}`,
    atLeast,
    done: byDay <= COUNTED_DAYS ? `usage.keyActions28 >= ${atLeast}` : null,
  };
}

function featuresBy({ byDay, atLeast }: Counted): Milestone {
  return {
    id: `features@${byDay}`,
    label: `${atLeast} features used within ${byDay} days`,
    byDay,
    feed: 'usage',
    of: `features@${byDay}`,
    atLeast,
    done: `usage.featuresUsed90 >= ${atLeast}`,
  };
}

function momentBy({ id, label, dueDay }: MomentDue): Milestone {
  return {
    id: `moment:${id}@${dueDay}`,
    label: `${label} by its due day ${dueDay}`,
    byDay: dueDay,
    feed: 'moments',
    of: `moment:${id}`,
    atLeast: null,
    done: null,
  };
}
