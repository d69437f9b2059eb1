import type { Day } from '../day.js';
import type { TierId } from '../tier/tier.js';
import type { MetricId } from './metric-ids.js';

/** What a metric should come to, and what it was when the program began. */
export interface MetricTarget {
  /** In the metric's unit; for a `change` in percent of the baseline (-25 = a quarter less). */
  readonly target: number;
  readonly kind: 'value' | 'change';
  readonly direction: 'at least' | 'at most';
  /** Months from the start of the program by which it should be met. */
  readonly months: number;
  /** Value at the start, in the metric's unit; null = not measured. A `change` has no target without it. */
  readonly baseline: number | null;
}

/** One kind of work that people do for each account of a tier. */
export interface TierActivity {
  readonly minutes: number;
  readonly perAccountAndYear: number;
}

/** What looking after a tier costs, in the org's currency. */
export interface TierCosts {
  /** Salary, bonus and what comes with them, for one person and year. */
  readonly personPerYear: number;
  readonly equipmentPerYear: number;
  readonly licencesPerYear: number;
  readonly perSend: number;
}

/** Who looks after a tier. What is null was not said; nothing is assumed in its place. */
export interface TierStaffing {
  /** How many people look after the tier. */
  readonly people: number | null;
  /** How many accounts one person looks after well; null = the tier is not limited by people. */
  readonly accountsPerPerson: { readonly from: number; readonly to: number } | null;
  /** Working hours of one person in a week. */
  readonly hoursPerWeek: number | null;
  /** Share (0-1) of those hours that is there for accounts. */
  readonly utilisation: number | null;
  /** By kind: `meeting`, `review` … */
  readonly activities: Readonly<Record<string, TierActivity>>;
  readonly costs: TierCosts | null;
}

/** Yearly revenue in the org's currency that one person answers for. */
export interface RevenuePerPerson {
  readonly about: number;
  readonly warnBelow: number;
  readonly warnAbove: number;
}

/** `account.industry`, `custom.region`: the fact by which records are split beside the tiers. */
export interface SegmentRule {
  readonly fact: string;
  /** Segments that are told apart, largest first; the rest count as `Other`. */
  readonly atMost: number;
}

/** What one's own marketing gets of the people it writes to, as shares (0-1); null = not said. */
export interface GeneralMarketing {
  /** How many people the shares are of; without it none of them is told. */
  readonly people: number | null;
  readonly opened: number | null;
  readonly clicked: number | null;
  readonly replied: number | null;
}

/** What people wrote down of their time with customers in whole weeks, working days and others. */
export interface TimeSample {
  readonly from: Day;
  /** The last day. */
  readonly to: Day;
  /** By tier id: hours of all who look after it, and how many they were. */
  readonly tiers: Readonly<Record<TierId, { readonly hours: number; readonly people: number }>>;
}

/** config/program.yaml, checked. */
export interface ProgramPolicy {
  readonly targets: Readonly<Partial<Record<MetricId, MetricTarget>>>;
  readonly segmentBy: SegmentRule | null;
  /** Number of cases below which a share, a mean or a median says too little. */
  readonly floor: number;
  /** By tier id; a tier without an entry has nothing said about it. */
  readonly staffing: Readonly<Record<TierId, TierStaffing>>;
  readonly revenuePerPerson: RevenuePerPerson;
  readonly generalMarketing: GeneralMarketing;
  /** Null = nobody wrote down their time. */
  readonly timeSample: TimeSample | null;
}

/** Days of the sample, its last one counted. */
export function sampledDays({ from, to }: Pick<TimeSample, 'from' | 'to'>): number {
  return to - from + 1;
}

/** Hours a year that one account of the tier asks for; null where no activity is named. */
export function hoursPerAccount({ activities }: TierStaffing): number | null {
  const named = Object.values(activities);
  if (named.length === 0) return null;
  return named.reduce((sum, { minutes, perAccountAndYear }) => sum + minutes * perAccountAndYear, 0) / 60;
}

/** Hours a year that the people of a tier have for accounts; null where people, hours or share are not said. */
export function hoursThere({ people, hoursPerWeek, utilisation }: TierStaffing): number | null {
  if (people === null || hoursPerWeek === null || utilisation === null) return null;
  return people * hoursPerWeek * utilisation * WEEKS_PER_YEAR;
}

/** What an hour for accounts costs: what the people of a tier cost over the hours that they have for accounts; null where either is not said. */
export function hourlyCost(staffing: TierStaffing): number | null {
  const { costs, people } = staffing;
  const hours = hoursThere(staffing);
  if (costs === null || people === null || hours === null || hours <= 0) return null;
  return (people * costs.personPerYear) / hours;
}

/** Holidays and absence lie in the utilisation. */
const WEEKS_PER_YEAR = 52;
