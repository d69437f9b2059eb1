import type { MetricBasis } from '../domain/program/metrics/subject.js';
import type { Run } from '../sync/context.js';
import type { SubjectScope } from '../sync/metric-subject.js';
import { basisOf } from '../sync/rules.js';

/** What single numbers of the program are read with, as of today. */
export async function metricBasis(
  run: Run,
): Promise<{ readonly basis: MetricBasis; readonly scope: SubjectScope }> {
  const facts = await basisOf(run);
  const basis = { facts, calendar: run.settings.engagement.calendar, tellsOnboarding: false };
  const scope = { basis: facts, toldFrom: run.today };
  return { basis, scope };
}
