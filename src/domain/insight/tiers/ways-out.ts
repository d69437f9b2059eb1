import { hoursPerAccount, type TierStaffing } from '../../program/program-policy.js';
import type { Tier } from '../../tier/tier.js';
import { type BookEntry, type CutResult, tierUnder } from './cuts.js';
import { knownSum } from './known-sum.js';
import { hoursOfOne } from './staffing.js';

/** A tier whose people have fewer hours, or fewer places, than its accounts ask for, and the three ways out. */
export interface StaffShortage {
  readonly tier: string;
  readonly label: string;
  /** People that are lacking, to look after its accounts as config/program.yaml says. */
  readonly peopleShort: number;
  /** Hours a year that are lacking; null where hours are not said, 0 where they would do and the accounts a person are too many. */
  readonly hoursShort: number | null;
  /** What the lacking people would cost a year: what each way out saves; null = costs are not said. */
  readonly hiring: number | null;
  readonly smallerTier: SmallerTier | null;
  /** The other two are null where hours are not said, or would do. */
  readonly fewerActivities: FewerActivities | null;
  readonly moreAutomation: MoreAutomation | null;
}

/** So many accounts, those with the lowest measure, are served by the next tier instead. */
export interface SmallerTier {
  readonly accounts: number;
  readonly revenue: number | null;
  /** Lowest measure that stays. */
  readonly line: number;
  readonly to: string;
  /** What serving them there costs a year; null = not said. */
  readonly cost: number | null;
}

/** Every activity is kept, but less often. */
export interface FewerActivities {
  /** Share of the times that remains, 0-1. */
  readonly kept: number;
  readonly activities: readonly {
    readonly kind: string;
    readonly times: number;
    readonly keptTimes: number;
  }[];
}

/** Minutes of each account and year that something else has to take over. */
export interface MoreAutomation {
  readonly minutesPerAccount: number;
  /** The most that it may cost a year without costing more than the people would; null = not said. */
  readonly worth: number | null;
}

interface ShortageQuestion {
  readonly entries: readonly BookEntry[];
  readonly cut: CutResult;
  readonly tiers: readonly Tier[];
  readonly staffing: Readonly<Record<string, TierStaffing>>;
}

/** Tiers of a cut that are short of people, with the three ways out priced. The last tier has none below it to go to. */
export function shortages(question: ShortageQuestion): readonly StaffShortage[] {
  return question.cut.tiers.flatMap(({ tier, label, staff, accounts }) => {
    const staffing = question.staffing[tier];
    const { peopleThere, peopleNeeded, hoursNeeded, hoursThere } = staff;
    if (staffing === undefined || peopleThere === null || peopleNeeded === null) return [];
    const peopleShort = peopleNeeded - peopleThere;
    if (peopleShort <= 0) return [];
    const hoursShort =
      hoursNeeded === null || hoursThere === null ? null : Math.max(0, hoursNeeded - hoursThere);
    const hiring = staffing.costs === null ? null : peopleShort * staffing.costs.personPerYear;
    const places = Math.floor((accounts * peopleThere) / peopleNeeded);
    const lacking = (hoursShort ?? 0) > 0 && hoursNeeded !== null && hoursThere !== null;
    const kept = lacking ? hoursThere / hoursNeeded : null;
    const minutes = lacking ? ((hoursShort ?? 0) * 60) / accounts : null;
    return [
      {
        tier,
        label,
        peopleShort,
        hoursShort,
        hiring,
        smallerTier: smallerTier(tier, places, question),
        fewerActivities: kept === null ? null : fewerActivities(staffing, kept),
        moreAutomation: minutes === null ? null : { minutesPerAccount: minutes, worth: hiring },
      },
    ];
  });
}

function smallerTier(
  tier: string,
  places: number,
  { entries, cut, tiers, staffing }: ShortageQuestion,
): SmallerTier | null {
  const next = tiers[tiers.findIndex(({ id }) => id === tier) + 1];
  if (next === undefined) return null;
  const here = entries.filter(
    (entry) => (cut.id === 'today' ? entry.tier : tierUnder(cut.lines, entry)) === tier,
  );
  const held = here.filter(({ fixed }) => fixed !== null).length;
  const free = here
    .filter(({ fixed, measure }) => fixed === null && measure !== null)
    .sort((a, b) => (b.measure ?? 0) - (a.measure ?? 0));
  const staying = Math.max(0, places - held);
  const moving = free.slice(staying);
  const below = staffing[next.id];
  const each = costOfOne(below);
  return {
    accounts: moving.length,
    revenue: knownSum(moving.map(({ revenue }) => revenue)),
    line: free[staying - 1]?.measure ?? Number.POSITIVE_INFINITY,
    to: next.label,
    cost: each === null ? null : each * moving.length,
  };
}

/** What one more account costs a year in people; 0 where nothing limits the tier by accounts, null = not said. */
function costOfOne(staffing: TierStaffing | undefined): number | null {
  if (staffing?.costs == null) return null;
  const [each, one] = [hoursPerAccount(staffing), hoursOfOne(staffing)];
  const byHours = each === null || one === null || one <= 0 ? 0 : each / one;
  const byAccounts = staffing.accountsPerPerson === null ? 0 : 1 / staffing.accountsPerPerson.to;
  return Math.max(byHours, byAccounts) * staffing.costs.personPerYear;
}

function fewerActivities({ activities }: TierStaffing, kept: number): FewerActivities {
  return {
    kept,
    activities: Object.entries(activities).map(([kind, { perAccountAndYear }]) => ({
      kind,
      times: perAccountAndYear,
      keptTimes: Math.round(perAccountAndYear * kept * 10) / 10,
    })),
  };
}
