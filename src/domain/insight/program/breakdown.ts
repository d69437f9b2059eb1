import { rounded } from '../../facts/aggregate.js';
import type { MetricDefinition } from '../../program/metric-ids.js';
import type { Count, Shape } from '../../program/metrics/rule.js';
import type { MetricBasis, MetricSubject } from '../../program/metrics/subject.js';
import { type Tally, tallies, totalOf } from '../../program/metrics/tally.js';
import { type Figure, type FigureChart, type FigureTable, figureOf } from '../figure.js';
import { OUTCOME_FLOOR, wilson } from '../intervals.js';

/** What one account adds to the groups of a column. */
export type GroupCounts = readonly (readonly [group: string, count: Count])[];

export interface BreakdownColumn extends Pick<MetricDefinition, 'id' | 'label' | 'unit' | 'definition'> {
  readonly shape: Shape;
  /** Value = counted / scale. */
  readonly scale: number;
  readonly read: (subject: MetricSubject, basis: MetricBasis) => GroupCounts;
}

/** A table of the book by something else than tier and segment. */
export interface Breakdown {
  readonly id: string;
  readonly title: string;
  readonly rowHead: string;
  /** `365 days to 28 Nov 2026`. */
  readonly period: string;
  readonly columns: readonly BreakdownColumn[];
  /** Groups in their own order; null = by the first column, largest first. */
  readonly order: readonly string[] | null;
  /** Most rows; what is left is counted together as `Other`. */
  readonly rows: number;
  readonly chart: FigureChart | null;
}

/** A breakdown that is fed one account at a time. Memory grows with its groups, not with accounts. */
export interface OpenBreakdown {
  readonly add: (subject: MetricSubject) => void;
  /** `floor` = cases below which a mean or a median says too little. Null without any row. */
  readonly table: (floor: number) => FigureTable | null;
}

const OTHER = 'Other';
/** A field with a value of its own for each account is no group. */
const MOST_GROUPS = 500;

export function openBreakdown(breakdown: Breakdown, basis: MetricBasis): OpenBreakdown {
  const counted = tallies();
  const groups = new Map<string, string>();
  const keyOf = (group: string): string => {
    const key = group.toLowerCase();
    if (groups.has(key)) return key;
    if (groups.size >= MOST_GROUPS) return placed(groups, OTHER);
    return placed(groups, group);
  };
  return {
    add: (subject) => {
      for (const column of breakdown.columns)
        for (const [group, count] of column.read(subject, basis))
          counted.add(`${column.id}|${keyOf(group)}`, count);
    },
    table: (floor) => {
      const at = (column: BreakdownColumn, key: string): Tally => counted.get(`${column.id}|${key}`);
      const shown = shownGroups(breakdown, groups, (key) => weightOf(breakdown, (column) => at(column, key)));
      const rows = shown.map(({ label, keys }) => ({
        id: label,
        label,
        cells: breakdown.columns.map((column) => {
          const merged = together(keys.map((key) => at(column, key)));
          return cellOf(column, merged, { period: breakdown.period, floor });
        }),
      }));
      const { id, title, rowHead, columns, chart } = breakdown;
      if (rows.length === 0) return null;
      return { id, title, rowHead, columns: columns.map(labelled), rows, chart, remarks: [] };
    },
  };
}

function placed(groups: Map<string, string>, label: string): string {
  const key = label.toLowerCase();
  if (!groups.has(key)) groups.set(key, label);
  return key;
}

function labelled({ id, label }: BreakdownColumn): { readonly id: string; readonly label: string } {
  return { id, label };
}

function weightOf({ columns }: Breakdown, tallyOf: (column: BreakdownColumn) => Tally): number {
  const [first] = columns;
  return first === undefined ? 0 : tallyOf(first).part;
}

interface Shown {
  readonly label: string;
  readonly keys: readonly string[];
}

function shownGroups(
  { order, rows }: Breakdown,
  groups: ReadonlyMap<string, string>,
  weight: (key: string) => number,
): readonly Shown[] {
  if (order !== null)
    return order
      .filter((label) => groups.has(label.toLowerCase()))
      .map((label) => ({ label, keys: [label.toLowerCase()] }));
  const sorted = [...groups]
    .filter(([key]) => weight(key) > 0)
    .sort(([a], [b]) => weight(b) - weight(a) || (a < b ? -1 : 1));
  const named = sorted.filter(([key]) => key !== OTHER.toLowerCase());
  const kept = named.length > rows ? named.slice(0, rows - 1) : named;
  const rest = sorted.map(([key]) => key).filter((key) => !kept.some(([one]) => one === key));
  const shown = kept.map(([key, label]) => ({ label, keys: [key] }));
  return rest.length === 0 ? shown : [...shown, { label: OTHER, keys: rest }];
}

function together(all: readonly Tally[]): Tally {
  const sum = tallies();
  for (const one of all) sum.merge('all', one);
  return sum.get('all');
}

function cellOf(
  column: BreakdownColumn,
  tally: Tally,
  { period, floor }: { readonly period: string; readonly floor: number },
): Figure {
  const { value, sample: n } = totalOf(tally, column, null);
  if (column.shape === 'share') return shareOf(column, tally, period);
  const enough = column.shape === 'sum' || n >= floor;
  return figureOf(column, { value: enough ? value : null, n, period });
}

/** A share is told with its interval, and not at all below the floor of outcomes. */
function shareOf(column: BreakdownColumn, { part, whole, n }: Tally, period: string): Figure {
  if (n < OUTCOME_FLOOR || whole === 0) return figureOf(column, { value: null, n, period });
  const { value, low, high } = wilson(part, whole);
  const percent = (share: number): number => rounded(share * 100, 1);
  return figureOf(column, { value: percent(value), low: percent(low), high: percent(high), n, period });
}
