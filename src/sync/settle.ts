import type { PlanItem } from '../ports/state-store.js';
import { settleCarry } from './carry.js';
import type { Run } from './context.js';
import { readControls } from './controls.js';
import { isOutage, isPause, pauseSentence } from './pause.js';
import type { Bookmark } from './pieces/bookmark.js';
import { settleEngagement } from './settle-engagement.js';
import { settleFields, settleMoves } from './settle-fields.js';
import { openSettling, type Settled, type Settling } from './settling.js';

/**
 * The one pass over the whole book: caps are counted here, and the plan is written down. `unsure` = why it is
 * not known what an earlier run left; nobody is enrolled before that is known.
 */
export async function settle(run: Run, unsure: string | null): Promise<Settled> {
  const settled = await run.pieces.one<Settled>('settle', unsure);
  await run.state.plan.clearCandidates(run.id);
  return settled;
}

/** Gone on with after a kill, it begins behind the last page that is in the plan, and comes to the same plan. */
export async function settlePiece(run: Run, unsure: unknown, bookmark: Bookmark): Promise<Settled> {
  run.progress.stage('Settling the plan', null);
  const settling = await openSettling(run, bookmark);
  const { fields: paused } = await readControls(run.state.notes);
  if (!paused) {
    await settleMoves(run, settling);
    await settleFields(run, settling);
  }
  if (typeof unsure === 'string') settling.note({ pausedBecause: unsure });
  else await settleWithin(run, settling);
  await settleRecords(settling);
  run.progress.done('Plan settled');
  return settling.settled();
}

/** A budget that is spent, or a tool that is down, while people are looked up must not keep scores from being written. */
async function settleWithin(run: Run, settling: Settling): Promise<void> {
  if (settling.isOver('carry')) return;
  try {
    await settleEngagement(run, settling);
    await settleCarry(run, settling);
  } catch (error) {
    if (!isPause(error) && !isOutage(error)) throw error;
    run.log.warn('Engagement put off', { run: run.id, code: error.code });
    settling.note({ pausedBecause: pauseSentence(error) });
  }
}

/** Accounts whose records in the CRM are due. */
async function settleRecords(settling: Settling): Promise<void> {
  settling.begin('record');
  for await (const page of settling.pages()) {
    const items = page.map(({ account, key, detail }): PlanItem => {
      return { seq: settling.numbering.next(), kind: 'record', account, key, detail };
    });
    await settling.keep(page, items);
  }
}
