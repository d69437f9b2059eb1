import { METRICS, type MetricId } from '../metric-ids.js';
import { servedRules } from './book.js';
import { OUTCOME_NEEDS } from './metric-records.js';
import { METRIC_RULES } from './rules/index.js';

const ECONOMIC: readonly MetricId[] = ['cost', 'cost-per-account', 'revenue-per-person', 'break-even-lift'];

/** A number that is not computed, and the attributes that would bring it. */
export interface LeftOut {
  readonly metric: MetricId;
  readonly lacks: readonly string[];
}

/** Numbers that what is mapped does not let us know. */
export function leftOut(mapped: ReadonlySet<string>): readonly LeftOut[] {
  const served = new Set(servedRules(mapped).map(({ metric }) => metric));
  return METRICS.flatMap(({ id }) => {
    const needs = needsOf(id);
    if (needs === null || served.has(id)) return [];
    const lacks = needs.filter((name) => !mapped.has(name));
    return lacks.length === 0 ? [] : [{ metric: id, lacks }];
  });
}

/** What the first rule of a metric needs; null where no attribute would bring it. */
export function needsOf(metric: MetricId): readonly string[] | null {
  if (metric === 'renewals-expected-loss')
    return [...new Set([...(needsOf('renewals-due') ?? []), ...OUTCOME_NEEDS])];
  return METRIC_RULES.find((rule) => rule.metric === metric && !ECONOMIC.includes(metric))?.needs ?? null;
}
