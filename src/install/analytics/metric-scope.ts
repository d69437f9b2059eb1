import { ALL, type MetricId, metricOf } from '../../domain/program/metric-ids.js';
import type { Filter, ReportColumn } from '../../ports/org-model.js';
import { columnOf, is, isNot, since } from './columns.js';

/** Which records of which numbers a report reads: never a total together with its parts. */
export interface MetricScope {
  readonly metrics: readonly MetricId[];
  readonly period: 'month' | 'quarter';
  /** The latest period alone, the last two years, or this quarter and those to come. */
  readonly when: 'now' | 'history' | 'coming';
  /** The record that counts all, each part, or (in lists that add nothing up) both. */
  readonly tier: 'all' | 'each' | 'both';
  readonly segment: 'all' | 'each';
  readonly band: 'all' | 'each';
}

export const scope = (metrics: readonly MetricId[], rest: Partial<MetricScope> = {}): MetricScope => ({
  metrics,
  period: 'month',
  when: 'history',
  tier: 'all',
  segment: 'all',
  band: 'all',
  ...rest,
});

export const METRIC_COLUMNS = {
  metric: columnOf('metric', 'label'),
  period: columnOf('metric', 'period'),
  tier: columnOf('metric', 'tier'),
  segment: columnOf('metric', 'segment'),
  band: columnOf('metric', 'band'),
  value: columnOf('metric', 'value'),
  unit: columnOf('metric', 'unit'),
  target: columnOf('metric', 'target'),
  direction: columnOf('metric', 'targetDirection'),
  met: columnOf('metric', 'met'),
  sample: columnOf('metric', 'sample'),
} as const;

const WHEN: Readonly<Record<MetricScope['when'], Filter>> = {
  now: is(columnOf('metric', 'current'), '1'),
  history: since(columnOf('metric', 'periodStart'), 'LAST_N_MONTHS:24'),
  coming: since(columnOf('metric', 'periodStart'), 'THIS_QUARTER'),
};

export function filtersOf({ metrics, period, when, tier, segment, band }: MetricScope): readonly Filter[] {
  return [
    is(columnOf('metric', 'metric'), metrics.join(',')),
    is(columnOf('metric', 'periodKind'), period),
    WHEN[when],
    ...(tier === 'both' ? [] : [part(METRIC_COLUMNS.tier, tier)]),
    part(METRIC_COLUMNS.segment, segment),
    part(METRIC_COLUMNS.band, band),
  ];
}

function part(column: string, which: 'all' | 'each'): Filter {
  return which === 'all' ? is(column, ALL) : isNot(column, ALL);
}

/** True where the parts of a number add up to the whole. */
function addsUp(metric: MetricId): boolean {
  const { unit } = metricOf(metric);
  return unit === 'count' || unit === 'money';
}

/** The value; averaged where a sum would mean nothing, so that subtotals stay readable. */
export function valueColumn(metrics: readonly MetricId[]): ReportColumn {
  return { field: METRIC_COLUMNS.value, summary: metrics.every(addsUp) ? 'sum' : 'average' };
}

export const TARGET_COLUMN: ReportColumn = { field: METRIC_COLUMNS.target, summary: 'maximum' };
