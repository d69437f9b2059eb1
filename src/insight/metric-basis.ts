import type { Day } from '../domain/day.js';
import type { FactBasis } from '../domain/facts/basis.js';
import type { MetricBasis } from '../domain/program/metrics/subject.js';
import type { Run } from '../sync/context.js';
import { firstDayOf } from '../sync/engagement-rules.js';
import type { SubjectScope } from '../sync/metric-subject.js';
import { basisOf } from '../sync/rules.js';

/** What single numbers of the program are read with, as of today. */
export async function metricBasis(
  run: Run,
): Promise<{ readonly basis: MetricBasis; readonly scope: SubjectScope }> {
  const facts = await basisOf(run);
  const basis = { facts, calendar: run.settings.engagement.calendar, tellsOnboarding: false };
  const firstDay = await watchedSince(run, facts);
  const scope = { basis: facts, firstDay, toldFrom: run.today };
  return { basis, scope };
}

/** The day on which this state looked for the first time; an installation without any playbook knows it by its first look at the book. */
export async function watchedSince(run: Run, { watchedFrom }: FactBasis): Promise<Day | null> {
  return (await firstDayOf(run.state.notes)) ?? watchedFrom ?? null;
}
