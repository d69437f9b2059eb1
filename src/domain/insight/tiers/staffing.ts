import {
  hoursPerAccount,
  hoursThere,
  type RevenuePerPerson,
  type TierStaffing,
} from '../../program/program-policy.js';

/** Who is needed for so many accounts in a tier, and what that costs a year. Null = config/program.yaml does not say. */
export interface StaffNeed {
  readonly peopleThere: number | null;
  /** As hours or accounts a person ask for it, whichever is more; a fraction is part of a working week. */
  readonly peopleNeeded: number | null;
  readonly hoursNeeded: number | null;
  readonly hoursThere: number | null;
  /** Of the people needed, with equipment and licences, in the org's currency. */
  readonly costPerYear: number | null;
  readonly costPerAccount: number | null;
  /** Of the people who are there. */
  readonly accountsPerPerson: number | null;
  readonly revenuePerPerson: number | null;
  /** What somebody should look at, one sentence each. */
  readonly remarks: readonly string[];
}

/** What a tier holds. */
export interface TierLoad {
  readonly label: string;
  readonly accounts: number;
  /** Null = of no account is it known. */
  readonly revenue: number | null;
}

/** Revenue that one person should answer for, in salaries of the role. */
const SALARIES = 10;

/** What it takes to look after the accounts of a tier. */
export function staffNeed(
  load: TierLoad,
  staffing: TierStaffing | undefined,
  perPerson: RevenuePerPerson,
): StaffNeed {
  if (staffing === undefined) return NOTHING_SAID;
  const { people } = staffing;
  const each = hoursPerAccount(staffing);
  const peopleNeeded = neededFor(load.accounts, staffing);
  const costPerYear = costOf(peopleNeeded, staffing);
  const revenuePerPerson =
    people === null || people <= 0 || load.revenue === null ? null : load.revenue / people;
  return {
    peopleThere: people,
    peopleNeeded,
    hoursNeeded: each === null ? null : each * load.accounts,
    hoursThere: hoursThere(staffing),
    costPerYear,
    costPerAccount: costPerYear === null || load.accounts === 0 ? null : costPerYear / load.accounts,
    accountsPerPerson: people === null || people <= 0 ? null : load.accounts / people,
    revenuePerPerson,
    remarks:
      revenuePerPerson === null ? [] : revenueRemarks(load.label, revenuePerPerson, { perPerson, staffing }),
  };
}

const NOTHING_SAID: StaffNeed = {
  peopleThere: null,
  peopleNeeded: null,
  hoursNeeded: null,
  hoursThere: null,
  costPerYear: null,
  costPerAccount: null,
  accountsPerPerson: null,
  revenuePerPerson: null,
  remarks: [],
};

/** Hours that one person has for accounts in a year; null = not said. */
export function hoursOfOne(staffing: TierStaffing): number | null {
  return hoursThere({ ...staffing, people: 1 });
}

function neededFor(accounts: number, staffing: TierStaffing): number | null {
  const { accountsPerPerson, people } = staffing;
  const [each, one] = [hoursPerAccount(staffing), hoursOfOne(staffing)];
  const byHours = each === null || one === null || one <= 0 ? null : (each * accounts) / one;
  const byAccounts = accountsPerPerson === null ? null : accounts / accountsPerPerson.to;
  // Where nothing limits the tier by accounts, those who are there look after however many there are.
  if (byHours === null && byAccounts === null) return people;
  return Math.max(byHours ?? 0, byAccounts ?? 0);
}

function costOf(people: number | null, { costs }: TierStaffing): number | null {
  if (people === null || costs === null) return null;
  return people * costs.personPerYear + costs.equipmentPerYear + costs.licencesPerYear;
}

interface PersonRules {
  readonly perPerson: RevenuePerPerson;
  readonly staffing: TierStaffing;
}

function revenueRemarks(
  label: string,
  revenue: number,
  { perPerson, staffing }: PersonRules,
): readonly string[] {
  const { warnBelow, warnAbove } = perPerson;
  const outside = revenue < warnBelow || revenue > warnAbove;
  const salary = staffing.costs?.personPerYear ?? null;
  const short = salary !== null && revenue < SALARIES * salary;
  return [
    ...(outside
      ? [
          `One person in ${label} answers for ${inWords(revenue)} a year; between ${inWords(warnBelow)} and ${inWords(warnAbove)} works well.`,
        ]
      : []),
    ...(short && salary !== null
      ? [
          `One person in ${label} answers for ${(revenue / salary).toFixed(1)} times the salary of the role; ten times is what carries a salaried role.`,
        ]
      : []),
  ];
}

/** Whole numbers with thin grouping: `1,250,000`. */
function inWords(amount: number): string {
  return String(Math.round(amount)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
