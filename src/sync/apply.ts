import { applyEngagement } from './apply-engagement.js';
import { applyFields } from './apply-fields.js';
import type { Assessment } from './assess.js';
import { noteSources, useApproval } from './brakes.js';
import { NOT_CHECKED, type WrittenCheck } from './check-written.js';
import type { Run } from './context.js';
import type { MissingShares } from './missing-signals.js';
import { isPause, pauseSentence } from './pause.js';
import { applyRecords } from './records/apply-records.js';
import type { Tally } from './records/tally.js';
import type { Settled } from './settling.js';

export interface Applied {
  /** The sentence that says why the run stopped early, or null when it went to its end. */
  readonly pausedBecause: string | null;
  /** What the CRM really holds of what was written. */
  readonly check: WrittenCheck;
  /** Records of ours that were written into the CRM. */
  readonly told: Tally;
}

/**
 * Carries the plan out and decides nothing: account fields first, then enrolments, then the records that tell of them. Every item ends
 * with its own outcome. A spent budget pauses the run; what is left is planned again by the next.
 */
export async function apply(
  run: Run,
  { settled, assessed }: { readonly settled: Settled; readonly assessed: Assessment },
): Promise<Applied> {
  const { pausedBecause } = settled;
  let check = NOT_CHECKED;
  let told: Tally = { written: 0, refused: 0, skipped: 0 };
  try {
    await applyFields(run);
    await applyEngagement(run);
    await run.pieces.one('mirror', null);
    await run.pieces.one('carry', null);
    check = await run.pieces.one<WrittenCheck>('check', null);
    told = await applyRecords(run);
  } catch (error) {
    if (!isPause(error)) throw error;
    run.log.warn('Run paused: a budget is spent', { run: run.id, code: error.code });
    return { pausedBecause: pauseSentence(error), check, told };
  }
  // What could not be settled is still to be done: its accounts stay marked.
  if (pausedBecause !== null) return { pausedBecause, check, told };
  await run.pieces.one('close', assessed.missing);
  return { pausedBecause: null, check, told };
}

/** The plan is carried out: what it was made of is the past now. */
export async function closePiece(run: Run, missing: unknown): Promise<void> {
  await run.state.assessments.unmarkApplied(run.id);
  await useApproval(run.state.notes);
  await noteSources(run, missing as MissingShares | null);
}
