import { formatDay } from '../../domain/day.js';
import type { RecordWish } from '../../ports/crm-records.js';
import { IntegrationError } from '../../ports/errors.js';
import type { RunRecord } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { Report } from '../report.js';
import { publishStop } from './errors.js';
import { publish } from './publish.js';

interface Told {
  readonly startedAt: number;
  readonly status: RunRecord['status'];
  /** Null when the run stopped with an error. */
  readonly report: Report | null;
  readonly error: unknown;
}

/**
 * The run's own record, written last. A run that changed nothing leaves one a day, so that silence can be told from
 * health. Never the reason for which a run fails: what can't be told is in the log.
 */
export async function publishRun(run: Run, told: Told): Promise<void> {
  if (!run.apply || !run.records.has('run')) return;
  try {
    if (told.error instanceof IntegrationError) await publishStop(run, told.error);
    if (await isQuiet(run, told)) return;
    const wish: RecordWish = { kind: 'run', key: run.id, values: valuesOf(run, told) };
    const last = { key: 'last', content: formatDay(run.today) };
    await publish(run, 'run', [{ wish, account: '' }]);
    await run.state.published.set('heartbeat', [{ ...last, day: run.today }]);
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error;
    run.log.warn('The record of the run could not be written', { run: run.id, code: error.code });
  }
}

/** Nothing was changed, and today has its record. */
async function isQuiet(run: Run, { report, status }: Told): Promise<boolean> {
  if ((status !== 'done' && status !== 'rejected') || report === null) return false;
  const { records, enrolments, tasks, leaves, crmRecords } = report.changes;
  if (records + enrolments + tasks + leaves + crmRecords > 0) return false;
  const last = await run.state.published.of('heartbeat', ['last']);
  return last.get('last') === formatDay(run.today);
}

function valuesOf(run: Run, { startedAt, status, report, error }: Told): RecordWish<'run'>['values'] {
  const sum = (counts: Readonly<Record<string, number>> | undefined): number =>
    Object.values(counts ?? {}).reduce((total, count) => total + count, 0);
  const deferred = sum(report?.deferred);
  // What a brake held back was planned and not done: the run that carries it out tells it.
  const done = report === null || report.brakes.length > 0 ? null : report;
  return {
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(run.clock.now()).toISOString(),
    status,
    summary: summaryOf(report, error).slice(0, 255),
    rowsRead: report?.accounts.read ?? null,
    accountsAssessed: report?.accounts.assessed ?? null,
    recordsChanged: done?.changes.records ?? 0,
    enrolments: done?.changes.enrolments ?? 0,
    tasks: done?.changes.tasks ?? 0,
    refused: done === null ? 0 : sum(done.refused) - deferred,
    deferred: done === null ? 0 : deferred,
    errors: report?.waiting ?? null,
    apiCalls: sum(report?.calls.salesforce),
  };
}

function summaryOf(report: Report | null, error: unknown): string {
  if (report === null)
    return error instanceof IntegrationError
      ? `${error.code}: ${error.message}`
      : 'Stopped by an unexpected error.';
  if (report.pausedBecause !== null) return report.pausedBecause;
  const { records, enrolments, tasks } = report.changes;
  const waiting = report.waiting === 0 ? '' : `, ${report.waiting} refused records wait`;
  return `${records} records changed, ${enrolments} enrolments, ${tasks} tasks${waiting}.`;
}
