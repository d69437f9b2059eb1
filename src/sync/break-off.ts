import { forgetAsks } from './asks.js';
import { callsSince, callsSoFar, type Run } from './context.js';
import { isPause, sentenceOf } from './pause.js';
import { publishRun } from './records/run-record.js';
import type { RecordKeeper } from './run-keeping.js';
import { isStop } from './stop.js';

/** Writes down how a run broke off, where that is ours to say. */
export async function breakOff(run: Run, keeper: RecordKeeper, error: unknown): Promise<void> {
  const told = { error: sentenceOf(error), calls: callsSince(callsSoFar(run), run.callsBefore) };
  if (isStop(error)) return stopped(run, keeper, { code: error.code, told });
  const status = isPause(error) ? 'paused' : 'failed';
  await keeper.end(status, told);
  await publishRun(run, { startedAt: keeper.now().startedAt, status, report: null, error });
}

interface Stopped {
  readonly code: string;
  readonly told: unknown;
}

/** A run that was lost to another process, or whose own is to end, stays open: somebody goes on with it. */
async function stopped(run: Run, keeper: RecordKeeper, { code, told }: Stopped): Promise<void> {
  if (code === 'RUN_PAUSED') await keeper.pause(told);
  if (code !== 'RUN_CANCELLED') return;
  await keeper.end('cancelled', told);
  await run.state.plan.clearCandidates(run.id);
  await forgetAsks(run.state, run.id);
}
