import { ALL, type MetricId, metricOf } from '../../program/metric-ids.js';
import { type MetricBook, quarterBook } from '../../program/metrics/book.js';
import type { Cell } from '../../program/metrics/cell.js';
import { isEnough } from '../../program/metrics/record.js';
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
  return HEAD_TO_HEAD.flatMap((metric) => {
    const cells = whole.filter(({ rule }) => rule.metric === metric);
    return cells.length === 0 ? [] : [tableOf(metric, cells, { tiers, floor })];
  });
}

interface Told {
  readonly tiers: readonly string[];
  readonly floor: number;
}

function tableOf(metric: MetricId, cells: readonly Cell[], { tiers, floor }: Told): FigureTable {
  const shown = tiers.filter((tier) => cells.some(({ group, tally }) => group.tier === tier && tally.n > 0));
  const quarters = Map.groupBy(cells, ({ period }) => period.name);
  const rows = [...quarters].map(([quarter, own]) => ({
    id: quarter,
    label: quarter,
    cells: shown.map((tier): Figure | null => {
      const cell = own.find(({ group }) => group.tier === tier);
      return cell === undefined ? null : figureIn(cell, floor);
    }),
  }));
  const columns = shown.map((tier) => ({ id: tier, label: tierLabel(tier) }));
  const { label } = metricOf(metric);
  return { id: metric, title: label, rowHead: 'Quarter', columns, rows, chart: 'lines', remarks: [] };
}

function figureIn(cell: Cell, floor: number): Figure {
  const total = totalOf(cell.tally, cell.rule, null);
  const value = isEnough(cell, total, floor) ? total.value : null;
  return figureOf(metricOf(cell.rule.metric), { value, n: total.sample, period: cell.period.name });
}
