import { ALL, type MetricId, metricOf } from '../../program/metric-ids.js';
import { spanOf } from '../../program/metric-stretch.js';
import { type MetricBook, quarterBook } from '../../program/metrics/book.js';
import type { Cell } from '../../program/metrics/cell.js';
import { periodsOfOnlyLosses } from '../../program/metrics/only-losses.js';
import { type Bar, isEnough, isFew } from '../../program/metrics/record.js';
import type { MetricBasis } from '../../program/metrics/subject.js';
import { totalOf } from '../../program/metrics/tally.js';
import { type Figure, type FigureTable, figureOf } from '../figure.js';
import { tierLabel } from './record-tables.js';

/** Retention and growth, which rest on dates and so can be told of every quarter. */
const HEAD_TO_HEAD = [
  'retention',
  'retention-net',
  'retention-logo',
  'upsell',
] as const satisfies readonly MetricId[];

/** The latest quarters, the one that runs among them. */
export const QUARTERS = 6;

export function openHeadToHead(basis: MetricBasis): MetricBook {
  return quarterBook(basis, HEAD_TO_HEAD, QUARTERS);
}

/** One table for each number that can be told: a row for each quarter, oldest first, a column for each tier. */
export function headToHead(
  book: MetricBook,
  tiers: readonly string[],
  floor: number,
): readonly FigureTable[] {
  const whole = book.cells().filter(({ group }) => group.segment === ALL && group.band === ALL);
  const bar = { floor, onlyLosses: periodsOfOnlyLosses(whole) };
  return HEAD_TO_HEAD.flatMap((metric) => {
    const cells = whole.filter(({ rule }) => rule.metric === metric);
    return cells.length === 0 ? [] : [tableOf(metric, cells, { tiers, bar })];
  });
}

interface Told {
  readonly tiers: readonly string[];
  readonly bar: Bar;
}

function tableOf(metric: MetricId, cells: readonly Cell[], { tiers, bar }: Told): FigureTable {
  const shown = tiers.filter((tier) => cells.some(({ group, tally }) => group.tier === tier && tally.n > 0));
  const quarters = Map.groupBy(cells, ({ period }) => period.name);
  const rows = [...quarters].map(([quarter, own]) => ({
    id: quarter,
    label: quarter,
    cells: shown.map((tier): Figure | null => {
      const cell = own.find(({ group }) => group.tier === tier);
      return cell === undefined ? null : figureIn(cell, bar);
    }),
  }));
  const columns = shown.map((tier) => ({ id: tier, label: tierLabel(tier) }));
  const { label } = metricOf(metric);
  const table = { id: metric, title: label, rowHead: 'Quarter', columns };
  const remarks = remarksOf(metric, cells, bar);
  const told = rows.some((row) => row.cells.some((cell) => cell !== null && cell.value !== null));
  if (!told && remarks.length > 0) return { ...table, rows: [], chart: null, remarks };
  return { ...table, rows, chart: 'lines', remarks };
}

/** Why revenue retention is not told of a quarter, once: net retention stands beneath and has the same reason. */
function remarksOf(metric: MetricId, cells: readonly Cell[], { onlyLosses }: Bar): readonly string[] {
  const closed = [...onlyLosses.values()].at(-1);
  if (closed === undefined || !cells.some(({ rule }) => rule.ofRenewals === true)) return [];
  if (metric !== 'retention') return ['Not told for the same reason as gross revenue retention.'];
  const quarters = [...onlyLosses.keys()];
  const when = quarters.length > 1 ? `${quarters[0]} to ${quarters.at(-1)}` : quarters[0];
  return [
    `Not told of ${when}: no renewal of those 12 months is recorded as won (closed: ${closed}), so that those who stay are probably not recorded. Record renewals that were won, too, or map opportunity.won and opportunity.type to where they are.`,
  ];
}

function figureIn(cell: Cell, bar: Bar): Figure {
  const total = totalOf(cell.tally, cell.rule, null);
  const value = isEnough(cell, total, bar) ? total.value : null;
  const metric = metricOf(cell.rule.metric);
  const when = { period: cell.period.name, span: spanOf(metric, cell.period) };
  const few = value !== null && isFew(cell.rule, total);
  return figureOf(metric, { value, n: total.sample, few, ...when });
}
