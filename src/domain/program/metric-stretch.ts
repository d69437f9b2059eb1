import { type Day, spokenDay } from '../day.js';
import type { MetricDefinition } from './metric-definition.js';

/** How far definitions look back from the end of their period, as they say it themselves. */
const BACK = /\bin the (12 months|90 days|365 days) up to\b|\bcustomers (12 months) before\b/;

/** `12 months`, where a number looks back over a stretch of its own; null where it tells of its period alone. */
export function stretchOf({ definition }: Pick<MetricDefinition, 'definition'>): string | null {
  const found = BACK.exec(definition);
  return found?.[1] ?? found?.[2] ?? null;
}

/** `12 months to 27 Nov 2026` as people read it, else the name of the period. */
export function spanOf(
  metric: Pick<MetricDefinition, 'definition'>,
  period: { readonly name: string; readonly asOf: Day },
): string {
  const stretch = stretchOf(metric);
  return stretch === null ? period.name : `${stretch} to ${spokenDay(period.asOf)}`;
}
