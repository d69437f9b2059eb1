import { dayOfZone } from '../domain/day.js';
import type { RunRecord } from '../ports/state-store.js';
import { apply } from './apply.js';
import { assess } from './assess.js';
import { brakesOf } from './brakes.js';
import { type Calls, callsOfRun, type Run, type Tools } from './context.js';
import { closeDeadRuns } from './dead-runs.js';
import { checkFields } from './field-check.js';
import { withLease } from './lease.js';
import { noteOverview } from './overview.js';
import { requireOwnState } from './own-state.js';
import { isPause, sentenceOf } from './pause.js';
import { pull } from './pull.js';
import { forgive } from './quarrels.js';
import { readBackOpen } from './read-back.js';
import { readEngagement } from './read-engagement.js';
import { readWork } from './read-work.js';
import { reconcile } from './reconcile.js';
import { takeRetries } from './records/errors.js';
import { publishRun } from './records/run-record.js';
import { type Report, report, type StageResults } from './report.js';
import { settle } from './settle.js';

export interface SyncOptions {
  /** False = stop before `apply`: a dry run. */
  readonly apply: boolean;
  /** Compare all record ids now, whatever day it is. */
  readonly reconcile: boolean;
  readonly runId: string;
  /** Requests already sent that are not this run's: those of an earlier run in the same process. */
  readonly callsBefore: Calls;
  /** Real time for the lease, whatever the clock of the run says. */
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
}

/** One run: pull, assess, settle, apply, report. */
export async function runSync(tools: Tools, options: SyncOptions): Promise<Report> {
  const startedAt = tools.clock.now();
  const started = options.realNow();
  const org = await tools.crm.org();
  await requireOwnState(tools.state, org, tools.digest);
  return withLease(tools.state, { ...options, name: `run:${org.id}` }, async (signal) => {
    const dayOf = dayOfZone(org.timeZone);
    const run: Run = {
      ...tools,
      id: options.runId,
      org,
      today: dayOf(startedAt),
      dayOf,
      absent: new Set(),
      records: new Set(),
      unread: new Set(),
      apply: options.apply,
      callsBefore: options.callsBefore,
      signal,
    };
    const keeper = recordKeeper(run, startedAt);
    await keeper.stage('pull');
    await closeDeadRuns(run);
    let checked = run;
    try {
      const { found, inTheWay } = await checkFields(run);
      checked = { ...run, ...found };
      if (inTheWay !== null) throw inTheWay;
      const results = await stages(checked, keeper, options);
      return await finish(checked, keeper, {
        results,
        startedAt,
        seconds: (options.realNow() - started) / 1000,
      });
    } catch (error) {
      const status = isPause(error) ? 'paused' : 'failed';
      await keeper.end(status, { error: sentenceOf(error), calls: callsOfRun(run) });
      await publishRun(checked, { startedAt, status, report: null, error });
      throw error;
    }
  });
}

async function stages(run: Run, keeper: RecordKeeper, options: SyncOptions): Promise<StageResults> {
  await forgive(run);
  const pulled = await pull(run);
  await reconcile(run, options.reconcile);
  if (run.apply) await takeRetries(run);
  const unsure = await readBackOpen(run);
  await readWork(run);
  const { unread } = await readEngagement(run);
  await keeper.stage('assess');
  const assessed = await assess(run);
  await keeper.stage('settle');
  const settled = await settle(run, unsure);
  const brakes = await brakesOf(run, assessed.missing);
  const results = { pulled, unread, assessed, settled, brakes };
  if (!run.apply || brakes.length > 0) return { ...results, applied: null };
  await keeper.stage('apply');
  return { ...results, applied: await apply(run, { settled, assessed }) };
}

interface Finished {
  readonly results: StageResults;
  readonly startedAt: number;
  readonly seconds: number;
}

async function finish(
  run: Run,
  keeper: RecordKeeper,
  { results, startedAt, seconds }: Finished,
): Promise<Report> {
  await keeper.stage('report');
  await noteOverview(run);
  const made = await report(run, results, seconds);
  await keeper.end(made.status, made);
  await publishRun(run, { startedAt, status: made.status, report: made, error: null });
  return made;
}

interface RecordKeeper {
  readonly stage: (stage: RunRecord['stage']) => Promise<void>;
  readonly end: (status: RunRecord['status'], report: unknown) => Promise<void>;
}

function recordKeeper(run: Run, startedAt: number): RecordKeeper {
  let current: RunRecord = {
    id: run.id,
    org: run.org.id,
    startedAt,
    finishedAt: null,
    day: run.today,
    apply: run.apply,
    stage: 'pull',
    status: 'running',
    report: null,
  };
  const save = async (change: Partial<RunRecord>): Promise<void> => {
    current = { ...current, ...change };
    await run.state.runs.save(current);
  };
  return {
    stage: (stage) => save({ stage }),
    end: (status, report) => save({ status, report, finishedAt: run.clock.now() }),
  };
}
