import type { Hands } from '../ports/pieces.js';
import { apply } from './apply.js';
import { forgetAsks } from './asks.js';
import { assess } from './assess.js';
import { brakesOf } from './brakes.js';
import { breakOff } from './break-off.js';
import type { Calls, Run, RunParts, Tools } from './context.js';
import { closeDeadRuns } from './dead-runs.js';
import { checkFields } from './field-check.js';
import { type OurLease, withLease } from './lease.js';
import { listen } from './listen.js';
import { atWork, fixedOf, openRun, withFound } from './open-run.js';
import { noteOverview } from './overview.js';
import { requireOwnState } from './own-state.js';
import { PIECES } from './pieces/table.js';
import { pull } from './pull.js';
import { forgive } from './quarrels.js';
import { reconcile } from './reconcile.js';
import { publishRun } from './records/run-record.js';
import { type Report, report, type StageResults } from './report.js';
import { openKeeper, type RecordKeeper } from './run-keeping.js';
import { settle } from './settle.js';
import { interrupted, isStop } from './stop.js';

export interface SyncOptions {
  /** False = stop before `apply`: a dry run. */
  readonly apply: boolean;
  readonly runId: string;
  /** Absent = the whole run, each part when it is due. */
  readonly parts?: RunParts;
  /** True = go on with the run of this id where it stands. */
  readonly resume?: boolean;
  /** What asked for it: `cli` when absent, `schedule`, `change`, `user:<name>` or `token:<id>`. */
  readonly trigger?: string;
  /** The thread by which all that follows is found again; the run's own id when absent. */
  readonly trace?: string;
  /** Who does the pieces; this process alone when absent. */
  readonly hands?: Hands;
  /** Aborts when this process is to end: the run stays open, and somebody else goes on with it. */
  readonly signal?: AbortSignal;
  /** Requests already sent that are not this run's: those of an earlier run in the same process. */
  readonly callsBefore: Calls;
  /** Real time for the lease, whatever the clock of the run says. */
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
}

/** One run: pull, assess, settle, apply, report. Killed at any point, it is gone on with under the same id. */
export async function runSync(tools: Tools, options: SyncOptions): Promise<Report> {
  const first = { startedAt: tools.clock.now(), started: options.realNow() };
  const org = await tools.crm.org();
  await requireOwnState(tools.state, org, tools.digest);
  return withLease(tools.state, { ...options, name: `run:${org.id}` }, async (lease) => {
    const ours = { ...tools, state: tools.state.whileHeld(lease.held) };
    const keeper = await openKeeper({ ...ours, isOurs: lease.check }, options, {
      org,
      startedAt: first.startedAt,
    });
    const at = atWork(tools.state, { ...options, table: PIECES }, lease);
    const begun = fixedOf(tools, { ...options, record: keeper.now(), org });
    let run = openRun(ours, begun, at);
    await keeper.begin();
    await closeDeadRuns(run);
    try {
      if (keeper.now().fixed === null) {
        const { found, inTheWay } = await checkFields(run);
        run = openRun(ours, await keeper.fix(withFound(begun, found)), at);
        if (inTheWay !== null) throw inTheWay;
      }
      const results = await stages(run, keeper);
      return await finish(run, keeper, { results, seconds: (options.realNow() - first.started) / 1000 });
    } catch (error) {
      if (await isOurs(lease))
        await breakOff(run, keeper, options.signal?.aborted === true ? interrupted() : error);
      throw error;
    }
  });
}

/** How a run ended is for the process to say that leads it. Where the state does not answer, saying so is tried. */
function isOurs({ check }: OurLease): Promise<boolean> {
  return check().then(
    () => true,
    (error: unknown) => !isStop(error),
  );
}

async function stages(run: Run, keeper: RecordKeeper): Promise<StageResults> {
  await forgive(run);
  const pulled = await pull(run);
  await reconcile(run);
  const { unsure, unread } = await listen(run);
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
  readonly seconds: number;
}

async function finish(run: Run, keeper: RecordKeeper, { results, seconds }: Finished): Promise<Report> {
  await keeper.stage('report');
  await noteOverview(run);
  const made = await report(run, results, seconds);
  await keeper.end(made.status, made);
  await forgetAsks(run.state, run.id);
  const { startedAt } = keeper.now();
  await publishRun(run, { startedAt, status: made.status, report: made, error: null });
  return made;
}
