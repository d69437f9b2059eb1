import { type MetricId, metricOf } from '../../domain/program/metric-ids.js';
import { grouped } from './columns.js';
import { filtersOf, METRIC_COLUMNS, scope, TARGET_COLUMN, valueColumn } from './metric-scope.js';
import { chartOf, type ReportDraft } from './report-draft.js';
import { REPORT_TYPES } from './report-types.js';

const { metric, period, tier, segment, unit, direction, met, sample, target, value } = METRIC_COLUMNS;
const plain = (...fields: readonly string[]): ReportDraft['columns'] =>
  fields.map((field) => ({ field, summary: null }));

/** A number under the name that its dashboard gives it. */
export interface Named {
  readonly id: MetricId;
  readonly name: string;
}

/** Month by month over all accounts: value as columns, target as line. */
export function byMonth({ id, name }: Named): ReportDraft {
  const columns = [valueColumn([id]), TARGET_COLUMN, ...plain(met, sample)];
  return {
    label: `${name} by month`,
    text: `All accounts, the last 24 months. Line: target. ${metricOf(id).definition}`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(period)],
    filters: filtersOf(scope([id])),
    chart: chartOf({ columns }, 'combination', { title: `${name} and target`, groupBy: period }),
  };
}

/** The latest month, tier beside tier; the names of our tiers put digital first. */
export function byTier({ id, name }: Named): ReportDraft {
  const columns = [valueColumn([id]), TARGET_COLUMN, ...plain(met, sample)];
  return {
    label: `${name} by tier`,
    text: `Each tier, the latest month. Line: target. ${metricOf(id).definition}`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(tier)],
    filters: filtersOf(scope([id], { when: 'now', tier: 'each' })),
    chart: chartOf({ columns }, 'combination', { title: `${name} by tier`, groupBy: tier }),
  };
}

/** The latest month as a list: value, target, met or not, and how many it rests on. Adds nothing up. */
export function standing({ id, name }: Named): ReportDraft {
  return {
    label: `${name}: met or not met`,
    text: `All and each tier, the latest month, with n. ${metricOf(id).definition}`,
    type: REPORT_TYPES.metrics,
    columns: plain(tier, value, unit, target, direction, met, sample),
    down: [grouped(period)],
    filters: filtersOf(scope([id], { when: 'now', tier: 'both' })),
  };
}

/** The latest month, segment beside segment. */
export function bySegment({ id, name }: Named): ReportDraft {
  return eachSegment(`${name} by segment`, 'Each segment, the latest month.', id);
}

/** The latest month of a number that is split into groups of its own, group beside group. */
export function byGroup({ id, name }: Named): ReportDraft {
  return eachSegment(name, 'Each group, the latest month.', id);
}

function eachSegment(label: string, what: string, id: MetricId): ReportDraft {
  const columns = [valueColumn([id]), ...plain(sample)];
  return {
    label,
    text: `${what} ${metricOf(id).definition}`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(segment)],
    filters: filtersOf(scope([id], { when: 'now', segment: 'each' })),
    chart: chartOf({ columns }, 'bar', { title: label, groupBy: segment }),
  };
}

/** Several numbers of one unit beside each other for each group that they are split into, the latest month. */
export function togetherByGroup(name: string, metrics: readonly MetricId[], what: string): ReportDraft {
  const columns = [valueColumn(metrics), ...plain(sample)];
  return {
    label: name,
    text: `${what} Each group, the latest month.`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(segment), grouped(metric)],
    filters: filtersOf(scope(metrics, { when: 'now', segment: 'each' })),
    chart: chartOf({ columns }, 'column', { title: name, groupBy: segment, thenBy: metric }),
  };
}

/** Several numbers of any unit as a list, the latest month: for each group, or for all and each tier. Adds nothing up. */
export function listed(
  name: string,
  metrics: readonly MetricId[],
  { by, what }: { readonly by: 'group' | 'tier'; readonly what: string },
): ReportDraft {
  const sides = by === 'group' ? ({ segment: 'each' } as const) : ({ tier: 'both' } as const);
  return {
    label: name,
    text: `${what} ${by === 'group' ? 'Each group' : 'All and each tier'}, the latest month, with n.`,
    type: REPORT_TYPES.metrics,
    columns: plain(by === 'group' ? segment : tier, value, unit, met, sample),
    down: [grouped(metric)],
    filters: filtersOf(scope(metrics, { when: 'now', ...sides })),
  };
}

/** Quarter by quarter, tier beside tier. */
export function byQuarterAndTier({ id, name }: Named): ReportDraft {
  const columns = [valueColumn([id])];
  return {
    label: `${name} by quarter and tier`,
    text: `Each tier beside the others, the quarters of the last 24 months. ${metricOf(id).definition}`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(period)],
    across: [grouped(tier)],
    filters: filtersOf(scope([id], { period: 'quarter', tier: 'each' })),
    chart: chartOf({ columns }, 'column', { title: `${name}, tier by tier`, groupBy: period, thenBy: tier }),
  };
}

/** Several numbers of one unit beside each other, month by month over all accounts. */
export function together(name: string, metrics: readonly MetricId[], what: string): ReportDraft {
  const columns = [valueColumn(metrics), ...plain(sample)];
  return {
    label: name,
    text: `${what} All accounts, the last 24 months.`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(period), grouped(metric)],
    filters: filtersOf(scope(metrics)),
    chart: chartOf({ columns }, 'column', { title: name, groupBy: period, thenBy: metric }),
  };
}

/** Several numbers of one unit beside each other for each tier, the latest period. */
export function togetherByTier(
  name: string,
  metrics: readonly MetricId[],
  what: string,
  span: 'month' | 'quarter' = 'month',
): ReportDraft {
  const columns = [valueColumn(metrics), ...plain(sample)];
  return {
    label: name,
    text: `${what} Each tier, the latest ${span}.`,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(tier), grouped(metric)],
    filters: filtersOf(scope(metrics, { when: 'now', tier: 'each', period: span })),
    chart: chartOf({ columns }, 'column', { title: name, groupBy: tier, thenBy: metric }),
  };
}
