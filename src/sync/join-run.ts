import { heedAsks } from './asks.js';
import { callsSoFar, type Run, type Tools } from './context.js';
import { type FixedRun, openRun, settingsMark } from './open-run.js';
import type { Worker } from './pieces/do-piece.js';
import { IN_THIS_PROCESS } from './pieces/in-this-process.js';
import { interrupted, isOver } from './stop.js';

/** A run that another process leads, to do pieces of it. Null when it is over, or was begun under other settings than ours. */
export async function joinRun(
  tools: Tools,
  id: string,
  { worker, signal }: { readonly worker: Worker; readonly signal: AbortSignal },
): Promise<Run | null> {
  const { state } = tools;
  const record = await state.runs.get(id);
  const fixed = record?.status === 'running' ? (record.fixed as FixedRun | null) : null;
  if (fixed === null) return null;
  if (fixed.settings !== settingsMark(tools)) {
    tools.log.warn('A piece was left to others: its run was begun under other settings', { run: id });
    return null;
  }
  return openRun(tools, fixed, {
    hands: IN_THIS_PROCESS,
    worker,
    callsBefore: callsSoFar(tools),
    signal,
    checkpoint: async () => {
      if (signal.aborted) throw interrupted();
      if ((await state.runs.get(id))?.status !== 'running') throw isOver(id);
      await heedAsks(state, id);
    },
  });
}
