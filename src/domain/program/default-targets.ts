import type { MetricId } from './metric-ids.js';
import type { MetricTarget } from './program-policy.js';

function value(
  target: number,
  months: number,
  direction: MetricTarget['direction'] = 'at least',
): MetricTarget {
  return { target, kind: 'value', direction, months, baseline: null };
}

function change(
  target: number,
  months: number,
  direction: MetricTarget['direction'] = 'at least',
): MetricTarget {
  return { target, kind: 'change', direction, months, baseline: null };
}

/** What a program usually sets itself; config/program.yaml may say otherwise. */
export const DEFAULT_TARGETS: Readonly<Partial<Record<MetricId, MetricTarget>>> = {
  engagement: value(30, 6),
  content: change(40, 6),
  churn: value(10, 12, 'at most'),
  retention: value(90, 12),
  'onboarding-completed': value(70, 3),
  'time-to-first-value': change(-25, 6, 'at most'),
  csat: value(85, 6),
  nps: value(30, 12),
  'resolution-time': change(0, 6, 'at most'),
  upsell: value(10, 12),
  health: value(75, 12),
  'reply-rate': value(10, 6),
};
