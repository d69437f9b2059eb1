import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import type { Tools } from '../../sync/context.js';
import type { FieldCheck } from '../../sync/field-check.js';
import { type Refreshed, refresh } from '../../sync/refresh/refresh.js';
import { closeBatch, type HintBatch, openBatch, refreshJob } from '../changes/batch.js';
import { noteRefresh } from '../changes/refresh-note.js';
import type { EngineParts } from '../engine-parts.js';
import { reasonOf } from '../every.js';
import { INCREMENTAL_RUN, runJob } from '../run-order.js';
import { tracedLog } from '../traced-log.js';

/** A run that is under way is waited for: what it read is not read again in vain. */
const BUSY_MS = 2_000;

/** Reads what changed, and writes what follows from it. The batch stays in the state until that is done. */
export function refreshJobOf(parts: EngineParts): JobHandler {
  const fields = rememberedFields(parts);
  return async ({ payload, trace }, signal) => {
    const batch = await openBatch(parts.state.notes);
    if (batch === null || batch.id !== (payload as { readonly batch?: string }).batch) return;
    const log = tracedLog(parts.log, trace);
    const tools = { ...(await parts.tools()), log };
    const began = parts.realNow();
    const refreshed = await attempt(parts, { tools, batch, trace, signal, found: fields.of(tools) });
    if (refreshed.outcome === 'later') return later(parts, batch, refreshed.waitMs);
    if (refreshed.outcome === 'run') await askForRun(parts, batch);
    else {
      fields.keep(tools, refreshed.found);
      await noteRefresh(parts.state.notes, {
        at: parts.clock.now(),
        seconds: (parts.realNow() - began) / 1000,
        accounts: refreshed.accounts,
        held: refreshed.held,
      });
    }
    log.info('Changes were read', { batch: batch.id, ...summaryOf(refreshed) });
    await closeBatch(parts.state.notes, batch);
  };
}

function summaryOf(refreshed: Refreshed): Readonly<Record<string, unknown>> {
  if (refreshed.outcome !== 'done') return refreshed;
  const { outcome, accounts, held } = refreshed;
  return { outcome, accounts, held };
}

interface Attempt {
  readonly tools: Tools;
  readonly batch: HintBatch;
  readonly trace: string;
  readonly signal: AbortSignal;
  readonly found: FieldCheck['found'] | null;
}

/** What may pass is left to the queue to try again; what will not is left to the next run, which finds the changes by itself. */
async function attempt(
  { holder, holderIsGone, realNow }: EngineParts,
  { tools, batch, trace, signal, found }: Attempt,
): Promise<Refreshed> {
  try {
    return await refresh(tools, {
      runId: batch.id,
      hints: batch.hints,
      trace,
      found,
      signal,
      holder,
      holderIsGone,
      realNow,
    });
  } catch (error) {
    if (signal.aborted || !(error instanceof IntegrationError)) throw error;
    if (error.code === 'RUN_IN_PROGRESS')
      return { outcome: 'later', because: 'a run is under way', waitMs: BUSY_MS };
    if (error.retryable) throw error;
    tools.log.warn('Changes are left to the next run', { batch: batch.id, ...reasonOf(error) });
    await tools.state.plan.remove(batch.id);
    return { outcome: 'done', accounts: 0, held: error.message, found: null };
  }
}

async function later({ queue, realNow }: EngineParts, batch: HintBatch, waitMs: number): Promise<void> {
  await queue.add(refreshJob(batch, `later-${realNow()}`, waitMs));
}

async function askForRun({ queue }: EngineParts, { id }: HintBatch): Promise<void> {
  const order = { runId: id, apply: true, parts: INCREMENTAL_RUN, trigger: 'change' };
  await queue.add(runJob(order, id, `run:${id}`));
}

const LOOK_AGAIN_MS = 15 * 60_000;

/** Which fields the org has is asked four times an hour, not with every change; a new configuration asks anew. */
function rememberedFields({ realNow }: EngineParts) {
  let kept: {
    readonly settings: Tools['settings'];
    readonly found: FieldCheck['found'];
    readonly at: number;
  } | null = null;
  return {
    of: ({ settings }: Tools): FieldCheck['found'] | null =>
      kept !== null && kept.settings === settings && realNow() - kept.at < LOOK_AGAIN_MS ? kept.found : null,
    keep: ({ settings }: Tools, found: FieldCheck['found'] | null): void => {
      if (found === null || (kept?.settings === settings && kept.found === found)) return;
      kept = { settings, found, at: realNow() };
    },
  };
}
