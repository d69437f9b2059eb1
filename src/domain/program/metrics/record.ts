import { rounded } from '../../facts/aggregate.js';
import { type Estimate, OUTCOME_FLOOR } from '../../insight/intervals.js';
import type { MetricDefinition } from '../metric-definition.js';
import { type MetricId, metricOf } from '../metric-ids.js';
import type { MetricTarget } from '../program-policy.js';
import type { Cell, Group } from './cell.js';
import type { Period } from './period.js';
import type { CountedRule } from './rule.js';
import type { Total } from './tally.js';

/** One number of the program as people read it. */
export interface MetricRecord {
  readonly metric: MetricDefinition;
  readonly group: Group;
  readonly period: Pick<Period, 'kind' | 'name' | 'start' | 'end' | 'asOf'>;
  /** In the metric's unit; null = too little data. */
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** How many cases stand behind it. */
  readonly sample: number;
  /** In the metric's unit; null = none, or a change of a baseline that nobody has measured. */
  readonly target: number | null;
  readonly direction: MetricTarget['direction'] | null;
  readonly baseline: number | null;
  readonly met: Met;
  /** Its 95 % interval, in its unit; null where it has none. The CRM does not keep it. */
  readonly interval: Pick<Estimate, 'low' | 'high'> | null;
  /** True for a share, a mean or a median of under 30 cases: it is what was, and may be luck. The CRM has the sample. */
  readonly few: boolean;
  /** False once the period is over. */
  readonly current: boolean;
}

export type Met = 'met' | 'not met' | 'no target' | 'too little data';

/** A number that is worked out, before it is held against its target. */
export interface Told {
  readonly metric: MetricId;
  readonly period: Period;
  readonly group: Group;
  readonly total: Total;
  /** False where the number says too little whatever its sample. */
  readonly enough: boolean;
  /** True where so few cases stand behind it that it may be luck. */
  readonly few?: boolean;
  readonly interval?: MetricRecord['interval'];
}

/** Whether a number that is told rests on so few cases that it may be luck. */
export function isFew(
  { shape }: Pick<CountedRule, 'shape'>,
  { value, sample }: Pick<Total, 'value' | 'sample'>,
): boolean {
  return shape !== 'sum' && value !== null && sample < OUTCOME_FLOOR;
}

/** What a number must pass to be told. */
export interface Bar {
  /** Cases below which a share, a mean or a median says too little. */
  readonly floor: number;
  /** Periods in whose year no renewal is recorded as won. */
  readonly onlyLosses: ReadonlyMap<string, number>;
}

/** Whether so many cases say anything; what is only counted or summed always does. */
export function isEnough(
  { rule, period }: Cell,
  { value, sample }: Total,
  { floor, onlyLosses }: Bar,
): boolean {
  if (rule.ofRenewals === true && onlyLosses.has(period.name)) return false;
  return rule.shape === 'sum' || (value !== null && sample >= Math.max(floor, rule.atLeast));
}

/** The number beside its target. */
export function recordOf(told: Told, target: MetricTarget | null): MetricRecord {
  const { metric, period, group, total, enough, few = false, interval = null } = told;
  const wanted = target === null ? null : targetValue(target);
  const value = enough ? total.value : null;
  return {
    metric: metricOf(metric),
    group,
    period,
    value,
    numerator: total.numerator,
    denominator: total.denominator,
    sample: total.sample,
    target: wanted,
    direction: wanted === null ? null : (target?.direction ?? null),
    baseline: target?.baseline ?? null,
    met: value === null ? 'too little data' : metOf(value, wanted, target),
    interval: value === null ? null : interval,
    few: value !== null && few,
    current: period.state !== 'over',
  };
}

/** A change is counted from the baseline; without one there is nothing to hold the number against. */
function targetValue({ kind, target, baseline }: MetricTarget): number | null {
  if (kind === 'value') return target;
  return baseline === null ? null : rounded(baseline * (1 + target / 100), 2);
}

function metOf(value: number, wanted: number | null, target: MetricTarget | null): Met {
  if (wanted === null || target === null) return 'no target';
  const met = target.direction === 'at least' ? value >= wanted : value <= wanted;
  return met ? 'met' : 'not met';
}

/** Where a record belongs: metric, period, tier and segment, and the band where there is one. */
export function placeOf(record: {
  readonly metric: Pick<MetricDefinition, 'id'>;
  readonly period: { readonly name: string };
  readonly group: Group;
}): readonly string[] {
  const { tier, segment, band } = record.group;
  return [record.metric.id, record.period.name, tier, segment, band];
}
