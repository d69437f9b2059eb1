import type { AccountState } from '../domain/assess-account.js';
import { type MoveLog, moveAllowance } from '../domain/tier/moves.js';
import type { TierState } from '../domain/tier/tier.js';
import type { Candidate, PlanItem } from '../ports/state-store.js';
import { settleCarry } from './carry.js';
import { PAGE, type Run } from './context.js';
import { readControls } from './controls.js';
import type { FieldsDetail, TierDetail } from './field-item.js';
import { keepMoves, recentlyMoved } from './moves.js';
import { counter, type Numbering } from './numbering.js';
import { isOutage, isPause, pauseSentence } from './pause.js';
import { settleEngagement } from './settle-engagement.js';
import { type StoredResult, standingOf } from './stored-result.js';

export interface Settled {
  /** Accounts whose move was granted, and those that wait. */
  readonly moves: { readonly granted: number; readonly waiting: number };
  /** Records whose same content was refused before and that nobody asked to retry. */
  readonly held: number;
  /** Why the engagement could not be settled to its end, or null: the fields are written all the same. */
  readonly pausedBecause: string | null;
}

/**
 * The one pass over the whole book: caps are counted here, and the plan is written down. `unsure` = why it is
 * not known what an earlier run left; nobody is enrolled before that is known.
 */
export async function settle(run: Run, unsure: string | null): Promise<Settled> {
  const settled = await run.pieces.one<Settled>('settle', unsure);
  await run.state.plan.clearCandidates(run.id);
  return settled;
}

/** Begun again after a kill, it starts from nothing: what stands in the plan was not carried out. */
export async function settlePiece(run: Run, unsure: unknown): Promise<Settled> {
  run.progress.stage('Settling the plan', null);
  await run.state.plan.clearPlanned(run.id);
  const numbering = counter();
  const { fields: paused } = await readControls(run.state.notes);
  const moves = paused ? NO_MOVES : await settleMoves(run, numbering);
  const held = paused ? 0 : await settleFields(run, numbering);
  const pausedBecause = typeof unsure === 'string' ? unsure : await settleWithin(run, numbering);
  await settleRecords(run, numbering);
  await restate(run, moves.granted);
  run.progress.done('Plan settled');
  return { moves: { granted: moves.granted.size, waiting: moves.waiting }, held, pausedBecause };
}

/** A budget that is spent, or a tool that is down, while people are looked up must not keep scores from being written. */
async function settleWithin(run: Run, numbering: Numbering): Promise<string | null> {
  try {
    await settleEngagement(run, numbering);
    await settleCarry(run, numbering);
    return null;
  } catch (error) {
    if (!isPause(error) && !isOutage(error)) throw error;
    run.log.warn('Engagement put off', { run: run.id, code: error.code });
    return pauseSentence(error);
  }
}

interface Moves {
  readonly granted: ReadonlyMap<string, TierState>;
  readonly waiting: number;
}

const NO_MOVES: Moves = { granted: new Map(), waiting: 0 };

/** Grants moves in their order until the window's allowance is used; the rest are listed as waiting. */
async function settleMoves(run: Run, numbering: Numbering): Promise<Moves> {
  const { calm } = run.settings.tiers;
  const log = await recentlyMoved(run);
  const allowance = moveAllowance(calm, await run.state.rows.count('account'));
  const made: Record<string, MoveLog[string]> = { ...log };
  let spent = Object.keys(made).length;
  const granted = new Map<string, TierState>();
  let waiting = 0;
  for await (const page of run.state.plan.candidates(run.id, 'tier', PAGE)) {
    const items: PlanItem[] = [];
    for (const candidate of page) {
      const detail = candidate.detail as TierDetail;
      const before = made[candidate.account];
      // Granted already by a pass of this run that was killed.
      const again = before?.day === run.today && before.target === detail.target;
      const moves = again || spent < allowance;
      if (moves) {
        spent += before === undefined ? 1 : 0;
        made[candidate.account] = { day: run.today, target: detail.target };
        granted.set(candidate.account, detail.ifGranted.tier);
      } else waiting += 1;
      const differences = moves ? detail.ifGranted.differences : detail.differences;
      if (differences.length > 0)
        items.push(fieldItem(candidate, { record: detail.record, differences }, numbering));
    }
    await addItems(run, items);
  }
  // A plan that is not applied grants nothing for good.
  if (run.apply) await keepMoves(run, made);
  return { granted, waiting };
}

function fieldItem(candidate: Candidate, detail: FieldsDetail, numbering: Numbering): PlanItem {
  return { seq: numbering.next(), kind: 'field', account: candidate.account, key: detail.record, detail };
}

async function settleFields(run: Run, numbering: Numbering): Promise<number> {
  let held = 0;
  for await (const page of run.state.plan.candidates(run.id, 'fields', PAGE)) {
    const items = page.map((candidate) => fieldItem(candidate, candidate.detail as FieldsDetail, numbering));
    held += items.length - (await addItems(run, items));
  }
  return held;
}

/** Accounts whose records in the CRM are due. */
async function settleRecords(run: Run, numbering: Numbering): Promise<void> {
  for await (const page of run.state.plan.candidates(run.id, 'record', PAGE)) {
    const items = page.map(({ account, key, detail }): PlanItem => {
      return { seq: numbering.next(), kind: 'record', account, key, detail };
    });
    await run.state.plan.add(run.id, items);
  }
}

/** Adds items to the plan, except those whose same content waits in the dead letters. */
async function addItems(run: Run, items: readonly PlanItem[]): Promise<number> {
  if (items.length === 0) return 0;
  const waiting = await run.state.deadLetters.waiting(items.map(({ key }) => key));
  const fresh =
    waiting.size === 0
      ? items
      : items.filter((item) => waiting.get(item.key) !== contentOf(run, item.detail as FieldsDetail));
  if (fresh.length > 0) await run.state.plan.add(run.id, fresh);
  return fresh.length;
}

/** Hash of what is to be written: a refusal holds for this content only. */
export function contentOf(run: Pick<Run, 'digest'>, detail: FieldsDetail): string {
  return run.digest.content(JSON.stringify(detail.differences.map(({ field, value }) => [field, value])));
}

/** Assessments were kept with the tier as it is without a place; those granted one are put right. */
async function restate(run: Run, granted: ReadonlyMap<string, TierState>): Promise<void> {
  if (!run.apply) return;
  for (const [account, tier] of granted) {
    const assessed = (await run.state.assessments.bundle(account))?.assessed;
    if (!assessed) continue;
    const state = { ...(assessed.state as AccountState), tier };
    const result = { ...(assessed.result as StoredResult), tier };
    const standing = standingOf(result.health, state);
    await run.state.assessments.restate([{ ...assessed, state, result, standing }]);
  }
}
