import { rounded } from '../../facts/aggregate.js';
import type { MetricId } from '../../program/metric-ids.js';
import {
  hoursPerAccount,
  hoursThere,
  type ProgramPolicy,
  type TierStaffing,
} from '../../program/program-policy.js';
import { type Figure, type FigureTable, figureOf, figureOfRecord } from '../figure.js';
import { type FindRecord, tierLabel } from './record-tables.js';

const LOGGED = { id: 'logged', label: 'Logged in total' };
const PER_ACCOUNT = { id: 'hours-per-account', label: 'Logged per account' };
const PLANNED = { id: 'planned', label: 'Planned per account' };
const COST = { id: 'time-cost', label: 'Cost per account' };

const NO_HOURS = 'No hours are logged: map activity.minutes to the length of an activity.';

const WHAT_N_IS =
  'Hours and cost are of a year. n: activities of the logged total, accounts of what is logged per account, kinds of activity of what is planned.';

const PLANNED_DEFINITION =
  'Hours a year that one account of the tier asks for: minutes of each activity in config/program.yaml times how often.';
const COST_DEFINITION =
  'What the time for one account costs in a year: hours per account, logged ones before planned ones, at what an hour costs: the yearly cost of a person over the hours that a person has for accounts.';

/** Hours and their cost, per tier and account: what was logged beside what is planned. Null where neither is known. */
export function timeTable(
  find: FindRecord,
  tiers: readonly string[],
  { staffing }: Pick<ProgramPolicy, 'staffing'>,
): FigureTable | null {
  const logged = (metric: MetricId, tier: string): Figure | null => {
    const record = find(metric, tier);
    return record === undefined ? null : figureOfRecord(record);
  };
  const rows = tiers.flatMap((tier) => {
    const [hours, each] = [logged('hours-logged', tier), logged('hours-per-account', tier)];
    const said = staffing[tier] ?? null;
    const planned = said === null ? null : plannedFigure(said);
    if (hours === null && planned === null) return [];
    const cells = [hours, each, planned, costFigure(each, planned, said)];
    return [{ id: tier, label: tierLabel(tier), cells }];
  });
  if (rows.length === 0) return null;
  const all = [LOGGED, PER_ACCOUNT, PLANNED, COST];
  const told = all.flatMap((_, index) => (rows.some(({ cells }) => cells[index] != null) ? [index] : []));
  return {
    id: 'time',
    title: 'Time for customers in a year',
    rowHead: 'Tier',
    columns: told.flatMap((index) => all[index] ?? []),
    rows: rows.map((row) => ({ ...row, cells: told.map((index) => row.cells[index] ?? null) })),
    chart: null,
    remarks: rows.some(({ cells: [hours] }) => hours != null) ? [WHAT_N_IS] : [NO_HOURS],
  };
}

function plannedFigure(staffing: TierStaffing): Figure | null {
  const value = hoursPerAccount(staffing);
  if (value === null) return null;
  const n = Object.keys(staffing.activities).length;
  return figureOf(
    { unit: 'hours', definition: PLANNED_DEFINITION },
    { value: rounded(value, 1), n, period: 'a year' },
  );
}

function costFigure(
  each: Figure | null,
  planned: Figure | null,
  staffing: TierStaffing | null,
): Figure | null {
  const used = each?.value == null || each.value === 0 ? planned : each;
  const hourly = staffing === null ? null : hourlyCost(staffing);
  if (used?.value == null || hourly === null) return null;
  const told = { value: rounded(used.value * hourly, 2), n: used.n, period: used.period };
  return figureOf({ unit: 'money', definition: COST_DEFINITION }, told);
}

function hourlyCost(staffing: TierStaffing): number | null {
  const { costs, people } = staffing;
  const hours = hoursThere(staffing);
  if (costs === null || people === null || hours === null || hours <= 0) return null;
  return (people * costs.personPerYear) / hours;
}
