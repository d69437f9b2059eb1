import type { MetricDefinition, MetricUnit } from '../program/metric-definition.js';
import { spanOf } from '../program/metric-stretch.js';
import type { Met, MetricRecord } from '../program/metrics/record.js';
import type { MetricTarget } from '../program/program-policy.js';

/** One number that is told, with all that makes it traceable. */
export interface Figure {
  /** In its unit; null = too little data, or nothing to tell it by. */
  readonly value: number | null;
  readonly unit: MetricUnit;
  /** Ends of its 95 % interval, in its unit; null where it has none. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many cases stand behind it. */
  readonly n: number;
  /** True for a share, a mean or a median of under 30 cases: it may be luck. */
  readonly few: boolean;
  /** As the record names it: `2026-Q4`. */
  readonly period: string;
  /** What it looks back over, as people read it: `12 months to 28 Nov 2026`; the period where it says no other. */
  readonly span: string;
  /** One plain sentence. */
  readonly definition: string;
  /** What it should come to, in its unit; null = no target. */
  readonly target: number | null;
  /** Which side of the target is good; null = no target. */
  readonly direction: MetricTarget['direction'] | null;
  readonly met: Met | null;
}

export interface FigureColumn {
  readonly id: string;
  readonly label: string;
}

export interface FigureRow {
  readonly id: string;
  readonly label: string;
  /** One for each column; null = not told of this row. */
  readonly cells: readonly (Figure | null)[];
}

/** How a table is drawn where there is room for a picture. */
export type FigureChart = 'lines' | 'bars' | 'intervals';

export interface FigureTable {
  readonly id: string;
  readonly title: string;
  /** What a row is: `Tier`, `Reason`. */
  readonly rowHead: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
  readonly chart: FigureChart | null;
  /** What is not told here and what would bring it, one sentence each. */
  readonly remarks: readonly string[];
}

export interface FigureSection {
  readonly id: string;
  readonly title: string;
  readonly tables: readonly FigureTable[];
}

type Told = Pick<Figure, 'value' | 'n' | 'period'> & Partial<Figure>;

/** A number by its definition; without interval and target where none is given. */
export function figureOf(metric: Pick<MetricDefinition, 'unit' | 'definition'>, told: Told): Figure {
  const { unit, definition } = metric;
  const bare = { low: null, high: null, few: false, target: null, direction: null, met: null };
  return { unit, definition, ...bare, span: told.period, ...told };
}

/** A number of the program as a figure: what the CRM is told, and nothing else. */
export function figureOfRecord(record: MetricRecord): Figure {
  const { metric, value, sample, period, interval, few, target, direction, met } = record;
  const ends = interval ?? { low: null, high: null };
  const when = { period: period.name, span: spanOf(metric, period) };
  return figureOf(metric, { value, n: sample, few, target, direction, met, ...when, ...ends });
}
