import { METRICS, type MetricId } from '../metric-ids.js';
import { servedRules } from './book.js';
import { OUTCOME_NEEDS } from './metric-records.js';
import { METRIC_RULES } from './rules/index.js';
import { SPLITS, servedSplits } from './splits/index.js';

const ECONOMIC: readonly MetricId[] = ['cost', 'cost-per-account', 'revenue-per-person', 'break-even-lift'];

/** Numbers that are not computed, and the attributes that would bring them. */
export interface LeftOut {
  readonly metrics: readonly MetricId[];
  readonly lacks: readonly string[];
}

/** Numbers that what is mapped does not let us know; those that lack the same stand together. */
export function leftOut(mapped: ReadonlySet<string>): readonly LeftOut[] {
  const served = new Set<MetricId>([
    ...servedRules(mapped).map(({ metric }) => metric),
    ...servedSplits(mapped).flatMap(({ numbers }) => numbers.map(({ metric }) => metric)),
  ]);
  const lacking = METRICS.flatMap(({ id }) => {
    const needs = needsOf(id);
    if (needs === null || served.has(id)) return [];
    const lacks = needs.filter((name) => !mapped.has(name));
    return lacks.length === 0 ? [] : [{ id, lacks }];
  });
  return [...Map.groupBy(lacking, ({ lacks }) => lacks.join()).values()].flatMap((same) =>
    same.slice(0, 1).map(({ lacks }) => ({ metrics: same.map(({ id }) => id), lacks })),
  );
}

/** What the first rule of a metric needs; null where no attribute would bring it. */
export function needsOf(metric: MetricId): readonly string[] | null {
  if (metric === 'renewals-expected-loss')
    return [...new Set([...(needsOf('renewals-due') ?? []), ...OUTCOME_NEEDS])];
  const counted = [...METRIC_RULES, ...SPLITS.flatMap(({ numbers }) => numbers)];
  return counted.find((one) => one.metric === metric && !ECONOMIC.includes(metric))?.needs ?? null;
}
