import { rounded } from '../../facts/aggregate.js';
import { ALL, type MetricId } from '../metric-ids.js';
import type { TierStaffing } from '../program-policy.js';
import type { Group } from './cell.js';
import type { Period } from './period.js';
import type { Told } from './record.js';
import type { Total } from './tally.js';

/** What playbooks changed by those who were kept out of them; null = no playbook keeps anybody out. */
export interface ProgramLift {
  /** Mean difference in percentage points over the playbooks that can be told; null = none can. */
  readonly points: number | null;
  /** Accounts that were measured. */
  readonly sample: number;
}

/** What a group of accounts was and got in a period. */
export interface Served {
  readonly accounts: number;
  readonly sends: number;
  /** Null = revenue is not mapped. */
  readonly revenue: number | null;
}

export interface EconomicQuestion {
  readonly period: Period;
  /** By tier id. */
  readonly served: ReadonlyMap<string, Served>;
  readonly staffing: Readonly<Record<string, TierStaffing>>;
  readonly lift: ProgramLift | null;
}

/** Cost and people of a tier in a period. */
interface Spent {
  readonly cost: number;
  readonly people: number;
}

const PERIODS_A_YEAR = { month: 12, quarter: 4 } as const;

/**
 * What the tiers cost and bring. A tier of which nothing was said has no cost, and with one of those that has
 * accounts the whole has none either.
 */
export function economicsOf(question: EconomicQuestion): readonly Told[] {
  const tiers = [...question.served].flatMap(([tier, served]) => {
    const spent = spentOn(tier, served, question);
    return spent === null ? [] : [{ tier, served, spent }];
  });
  const withAccounts = [...question.served].filter(([, { accounts }]) => accounts > 0);
  const whole = withAccounts.every(([tier]) => tiers.some((one) => one.tier === tier)) && tiers.length > 0;
  const told = tiers.flatMap(({ tier, served, spent }) => toldOf(groupOf(tier), { question, served, spent }));
  if (!whole) return [...told, ...liftOf(question)];
  const served = summed(tiers.map((one) => one.served));
  const spent = {
    cost: tiers.reduce((sum, one) => sum + one.spent.cost, 0),
    people: tiers.reduce((sum, one) => sum + one.spent.people, 0),
  };
  const all = { question, served, spent };
  return [...told, ...toldOf(groupOf(ALL), all), ...liftOf(question), ...returnOf(all)];
}

function groupOf(tier: string): Group {
  return { tier, segment: ALL, band: ALL };
}

function spentOn(tier: string, { sends }: Served, { period, staffing }: EconomicQuestion): Spent | null {
  const { costs = null, people = null } = staffing[tier] ?? {};
  if (costs === null || people === null) return null;
  const { personPerYear, equipmentPerYear, licencesPerYear, perSend } = costs;
  const yearly = people * personPerYear + equipmentPerYear + licencesPerYear;
  return { cost: rounded(yearly / PERIODS_A_YEAR[period.kind] + sends * perSend, 2), people };
}

function summed(served: readonly Served[]): Served {
  const revenues = served.map(({ revenue }) => revenue).filter((revenue) => revenue !== null);
  return {
    accounts: served.reduce((sum, { accounts }) => sum + accounts, 0),
    sends: served.reduce((sum, { sends }) => sum + sends, 0),
    revenue:
      revenues.length < served.length
        ? null
        : revenues.reduce((cents, revenue) => cents + Math.round(revenue * 100), 0) / 100,
  };
}

interface Side {
  readonly question: EconomicQuestion;
  readonly served: Served;
  readonly spent: Spent;
}

function toldOf(group: Group, { question: { period }, served, spent }: Side): readonly Told[] {
  const { accounts, revenue } = served;
  const { cost, people } = spent;
  const tell = teller(period, group);
  const yearly = cost * PERIODS_A_YEAR[period.kind];
  return [
    tell('cost', { value: cost, numerator: cost, denominator: null, sample: accounts }),
    tell('cost-per-account', ratio([cost, accounts], 1, accounts)),
    ...(revenue === null
      ? []
      : [
          tell('revenue-per-person', ratio([revenue, people], 1, accounts)),
          tell('break-even-lift', ratio([yearly, revenue], 100, accounts)),
        ]),
  ];
}

function teller(period: Period, group: Group) {
  return (metric: MetricId, total: Total): Told => ({
    metric,
    period,
    group,
    total,
    enough: total.value !== null,
  });
}

function ratio([part, whole]: readonly [number, number], times: number, sample: number): Total {
  const value = whole > 0 ? rounded((part / whole) * times, 2) : null;
  return { value, numerator: part, denominator: whole, sample };
}

function liftOf({ period, lift }: EconomicQuestion): readonly Told[] {
  if (lift === null) return [];
  const total = { value: lift.points, numerator: null, denominator: null, sample: lift.sample };
  return [teller(period, groupOf(ALL))('measured-lift', total)];
}

function returnOf({ question: { period, lift }, served, spent }: Side): readonly Told[] {
  if (lift === null || served.revenue === null) return [];
  const yearly = spent.cost * PERIODS_A_YEAR[period.kind];
  const gained = lift.points === null ? null : (served.revenue * lift.points) / 100 - yearly;
  const value = gained === null || yearly === 0 ? null : rounded((gained / yearly) * 100, 1);
  const total = { value, numerator: gained, denominator: yearly, sample: lift.sample };
  return [teller(period, groupOf(ALL))('return', total)];
}
