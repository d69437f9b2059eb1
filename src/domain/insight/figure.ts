import type { MetricDefinition, MetricUnit } from '../program/metric-definition.js';
import type { Met, MetricRecord } from '../program/metrics/record.js';

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
  /** `2026-Q4`, `365 days to 28 Nov 2026`. */
  readonly period: string;
  /** One plain sentence. */
  readonly definition: string;
  /** What it should come to, in its unit; null = no target. */
  readonly target: number | null;
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
  return { unit, definition, low: null, high: null, target: null, met: null, ...told };
}

/** A number of the program as a figure: what the CRM is told, and nothing else. */
export function figureOfRecord(record: MetricRecord): Figure {
  const { metric, value, sample, period, target, met, interval } = record;
  const ends = interval ?? { low: null, high: null };
  return figureOf(metric, { value, n: sample, period: period.name, target, met, ...ends });
}
