import type { AccountState } from '../domain/assess-account.js';
import { type MoveLog, moveAllowance } from '../domain/tier/moves.js';
import type { Candidate, PlanItem } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { contentOf, type FieldsDetail, type TierDetail } from './field-item.js';
import { keepMoves, recentlyMoved } from './moves.js';
import type { Numbering } from './numbering.js';
import type { Settling } from './settling.js';
import { type StoredResult, standingOf } from './stored-result.js';

/**
 * Decides which moves are granted and notes that, before anything is said of them in the plan. Decided again after a
 * kill it comes to the same: what is noted was granted by this run.
 */
export async function settleMoves(run: Run, settling: Settling): Promise<void> {
  if (settling.isOver('tier')) return;
  settling.begin('tier');
  const { granted, waiting } = await grantMoves(run);
  settling.note({ moves: { granted: granted.size, waiting } });
  for await (const page of settling.pages()) {
    const items = page.flatMap((candidate): readonly PlanItem[] => {
      const detail = candidate.detail as TierDetail;
      const differences = granted.has(candidate.account) ? detail.ifGranted.differences : detail.differences;
      if (differences.length === 0) return [];
      return [fieldItem(candidate, { record: detail.record, differences }, settling.numbering)];
    });
    await restate(
      run,
      page.filter(({ account }) => granted.has(account)),
    );
    await settling.keep(page, await withoutWaiting(run, items));
  }
}

interface Moves {
  readonly granted: ReadonlySet<string>;
  readonly waiting: number;
}

/** Grants moves in their order until the window's allowance is used; the rest are listed as waiting. */
async function grantMoves(run: Run): Promise<Moves> {
  const { calm } = run.settings.tiers;
  const log = await recentlyMoved(run);
  const allowance = moveAllowance(calm, await run.state.rows.count('account'));
  const made: Record<string, MoveLog[string]> = { ...log };
  let spent = Object.keys(made).length;
  const granted = new Set<string>();
  let waiting = 0;
  for await (const page of run.state.plan.candidates(run.id, 'tier', PAGE)) {
    await run.checkpoint();
    for (const { account, detail } of page) {
      const { target } = detail as TierDetail;
      const before = made[account];
      // Granted already by a pass of this run that was killed.
      const again = before?.day === run.today && before.target === target;
      if (again || spent < allowance) {
        spent += before === undefined ? 1 : 0;
        made[account] = { day: run.today, target };
        granted.add(account);
      } else waiting += 1;
    }
  }
  // A plan that is not applied grants nothing for good.
  if (run.apply) await keepMoves(run, made);
  return { granted, waiting };
}

function fieldItem(candidate: Candidate, detail: FieldsDetail, numbering: Numbering): PlanItem {
  return { seq: numbering.next(), kind: 'field', account: candidate.account, key: detail.record, detail };
}

export async function settleFields(run: Run, settling: Settling): Promise<void> {
  if (settling.isOver('fields')) return;
  settling.begin('fields');
  for await (const page of settling.pages()) {
    const items = page.map((candidate) =>
      fieldItem(candidate, candidate.detail as FieldsDetail, settling.numbering),
    );
    const fresh = await withoutWaiting(run, items);
    settling.note({ held: settling.settled().held + items.length - fresh.length });
    await settling.keep(page, fresh);
  }
}

/** Items without those whose same content waits in the dead letters. */
async function withoutWaiting(run: Run, items: readonly PlanItem[]): Promise<readonly PlanItem[]> {
  if (items.length === 0) return items;
  const waiting = await run.state.deadLetters.waiting(items.map(({ key }) => key));
  if (waiting.size === 0) return items;
  return items.filter((item) => waiting.get(item.key) !== contentOf(run, item.detail as FieldsDetail));
}

/** Assessments were kept with the tier as it is without a place; those granted one are put right, and so is history. */
async function restate(run: Run, granted: readonly Candidate[]): Promise<void> {
  if (!run.apply || granted.length === 0) return;
  const latest = await run.state.assessments.latestOf(granted.map(({ account }) => account));
  const restated = granted.flatMap(({ account, detail }) => {
    const assessed = latest.get(account);
    if (assessed === undefined) return [];
    const { tier } = (detail as TierDetail).ifGranted;
    const state = { ...(assessed.state as AccountState), tier };
    const result = { ...(assessed.result as StoredResult), tier };
    return [{ ...assessed, state, result, standing: standingOf(result.health, state) }];
  });
  const history = granted.flatMap(({ detail }) => (detail as TierDetail).ifGranted.history);
  await run.state.assessments.restate(restated, history);
}
