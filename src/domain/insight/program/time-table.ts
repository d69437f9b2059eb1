import type { MetricId } from '../../program/metric-ids.js';
import { type Figure, type FigureTable, figureOfRecord } from '../figure.js';
import { type FindRecord, tierLabel } from './record-tables.js';

/** Of each column the numbers that may stand in it, what is best known first. */
const COLUMNS = [
  { id: 'hours', label: 'Hours in total', of: ['hours-logged', 'hours-sampled'] },
  {
    id: 'hours-per-account',
    label: 'Hours per account',
    of: ['hours-per-account', 'hours-sampled-per-account'],
  },
  { id: 'planned', label: 'Hours planned per account', of: ['hours-planned-per-account'] },
  { id: 'time-cost', label: 'Cost per account', of: ['time-cost-per-account'] },
] as const satisfies readonly { readonly of: readonly MetricId[]; [name: string]: unknown }[];

const NO_HOURS =
  'No hours are known: map activity.minutes to the length of an activity, or have people write down two weeks and fill in timeSample in config/program.yaml.';

const WHAT_N_IS =
  'n is, of the hours in total, how many activities were logged or people sampled; of hours per account, accounts; of planned hours, kinds of activity.';

/** Hours and their cost, per tier and account: logged or sampled ones beside what is planned. Null where nothing is known. */
export function timeTable(find: FindRecord, tiers: readonly string[]): FigureTable | null {
  const rows = tiers.flatMap((tier) => {
    const logged = (find('hours-logged', tier)?.sample ?? 0) > 0;
    const cells = COLUMNS.map(({ of }) => cellOf(find, tier, logged ? of : of.filter(isNotLogged)));
    return cells.every((cell) => cell === null) ? [] : [{ id: tier, label: tierLabel(tier), cells }];
  });
  const hours = rows.some(({ cells: [first] }) => first != null);
  const told = COLUMNS.flatMap(({ id, label }, at) =>
    rows.some(({ cells }) => cells[at] != null) ? [{ at, id, label }] : [],
  );
  if (told.length === 0) return null;
  return {
    id: 'time',
    title: 'Time for customers in a year',
    rowHead: 'Tier',
    columns: told.map(({ id, label }) => ({ id, label })),
    rows: rows.map((row) => ({ ...row, cells: told.map(({ at }) => row.cells[at] ?? null) })),
    chart: null,
    remarks: hours ? [WHAT_N_IS] : [NO_HOURS],
  };
}

/** What nobody logged is not told as no time at all. */
function isNotLogged(metric: MetricId): boolean {
  return metric !== 'hours-logged' && metric !== 'hours-per-account';
}

function cellOf(find: FindRecord, tier: string, of: readonly MetricId[]): Figure | null {
  const [record] = of.flatMap((metric) => find(metric, tier) ?? []);
  return record === undefined ? null : figureOfRecord(record);
}
