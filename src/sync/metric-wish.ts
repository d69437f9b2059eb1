import { formatDay } from '../domain/day.js';
import { type MetricRecord, placeOf } from '../domain/program/metrics/record.js';
import type { RecordWish } from '../ports/crm-records.js';
import type { Digest } from '../ports/digest.js';

const LONGEST_KEY = 80;
const HASH = 12;
/** What the field of the segment holds. */
const LONGEST_SEGMENT = 255;

/** `metric/churn/2026-11/digital/All/All`: metric, period, tier, segment, band; a long one ends in a hash. */
export function metricKey(record: MetricRecord, digest: Pick<Digest, 'content'>): string {
  const whole = ['metric', ...placeOf(record)].join('/');
  if (whole.length <= LONGEST_KEY) return whole;
  return `${cut(whole, LONGEST_KEY - HASH - 1)}~${digest.content(whole).slice(0, HASH)}`;
}

/** At most so many characters; one that takes two of them is never halved. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** The record of a number, as the CRM should hold it. */
export function metricWish(record: MetricRecord, digest: Pick<Digest, 'content'>): RecordWish<'metric'> {
  const { metric, period, group, direction, ...numbers } = record;
  const { value, numerator, denominator, sample, target, baseline, met, current } = numbers;
  return {
    kind: 'metric',
    key: metricKey(record, digest),
    values: {
      metric: metric.id,
      label: metric.label,
      definition: metric.definition,
      unit: metric.unit,
      periodKind: period.kind,
      period: period.name,
      periodStart: formatDay(period.start),
      periodEnd: formatDay(period.end),
      ...group,
      segment: cut(group.segment, LONGEST_SEGMENT),
      ...{ value, numerator, denominator, sample },
      ...{ target, targetDirection: direction, baseline, met, current },
    },
  };
}

/** The record stays as it was written last; only its period is over, or its group has no account any more. */
export function pastWish(key: string): RecordWish<'metric'> {
  return { kind: 'metric', key, values: { current: false } };
}
