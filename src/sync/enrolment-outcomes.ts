import type { RefusalReason } from '../domain/engagement/eligibility.js';
import type { RefusalCode } from '../domain/engagement/playbook.js';
import type { Refusal } from '../ports/errors.js';
import type { EnrolmentOutcome } from '../ports/marketing.js';
import type { ItemStatus, LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { ledgerKey } from './enrolment-candidate.js';
import type { EnrolmentItem } from './settle-enrolments.js';

/** Refusals that are found out while the plan is carried out are numbered behind everything that was planned. */
const LATE = 1_000_000_000;

export function detailOf(item: PlanItem): EnrolmentItem {
  return item.detail as EnrolmentItem;
}

/** The ledger's line for a plan item. */
export function entryOf(
  run: Run,
  item: PlanItem,
  now: {
    readonly status: LedgerEntry['status'];
    readonly recordId?: string;
    readonly refused?: RefusalReason;
  },
): LedgerEntry {
  const detail = detailOf(item);
  const refused = now.refused ?? detail.refused;
  return {
    key: ledgerKey(detail),
    episode: detail.episode,
    step: detail.step.id,
    person: detail.person?.key ?? '-',
    account: detail.account,
    playbook: detail.playbook,
    channel: detail.step.channel,
    target: detail.step.target,
    status: now.status,
    code: refused?.code ?? null,
    evidence: refused?.evidence ?? null,
    recordId: now.recordId ?? null,
    day: run.today,
    run: run.id,
  };
}

/** Planned refusals: final ones go into the ledger, deferred ones are decided again by the next run. */
export async function keepRefusals(run: Run, items: readonly PlanItem[]): Promise<void> {
  const deferred = items.filter((item) => detailOf(item).deferred);
  const final = items.filter((item) => !detailOf(item).deferred);
  await run.state.ledger.write(final.map((item) => entryOf(run, item, { status: 'refused' })));
  await decideAgain(run, deferred);
  await run.state.plan.setStatus(
    run.id,
    items.map(({ seq }) => ({ seq, status: 'done' as const })),
  );
}

export interface LateRefusal {
  readonly item: PlanItem;
  readonly refused: RefusalReason;
  readonly deferred: boolean;
}

/** What was planned and turned out not to be allowed: the plan says so, with the code, like any refusal. */
export async function refuseLate(run: Run, refusals: readonly LateRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const items = refusals.map(({ item, refused, deferred }): PlanItem => {
    const detail: EnrolmentItem = { ...detailOf(item), refused, deferred };
    return { ...item, seq: LATE + item.seq, kind: 'refusal', detail };
  });
  await run.state.plan.add(run.id, items);
  await keepRefusals(run, items);
  await run.state.plan.setStatus(
    run.id,
    refusals.map(({ item }) => ({ seq: item.seq, status: 'stale' as const })),
  );
}

/** What stays open is looked at again by the next run, whether or not anything else changes. */
export async function decideAgain(run: Run, items: readonly PlanItem[]): Promise<void> {
  if (items.length > 0) await run.state.assessments.markChanged(items.map(({ account }) => account));
}

/** An enrolment that was sent, with the tool's record id. */
export interface Sent {
  readonly item: PlanItem;
  readonly recordId: string;
  readonly outcome: EnrolmentOutcome;
}

/** Closes every key that was sent; what has no clear answer stays open and is read back. */
export async function closeSent(run: Run, sent: readonly Sent[]): Promise<void> {
  const entries: LedgerEntry[] = [];
  const statuses: { readonly seq: number; readonly status: ItemStatus }[] = [];
  const late: LateRefusal[] = [];
  const open: PlanItem[] = [];
  for (const { item, recordId, outcome } of sent) {
    if (outcome.outcome === 'refused' && !outcome.refusal.retryable) {
      late.push({ item, refused: reasonOf(outcome.refusal), deferred: false });
      continue;
    }
    const unclear = outcome.outcome === 'unclear' || outcome.outcome === 'refused';
    entries.push(entryOf(run, item, { status: unclear ? 'unclear' : outcome.outcome, recordId }));
    statuses.push({ seq: item.seq, status: unclear ? 'unclear' : 'done' });
    if (unclear) open.push(item);
  }
  await run.state.ledger.write(entries);
  await run.state.plan.setStatus(run.id, statuses);
  await refuseLate(run, late);
  await decideAgain(run, open);
}

/** Words in a tool's own refusal codes that mean one of ours; anything else is `vendor_refused`. */
const MEANINGS: readonly (readonly [RegExp, RefusalCode])[] = [
  [/SENDER|INBOX/, 'sender_unavailable'],
  [/UNSUBSCRIBED|OPTED_OUT/, 'opted_out_marketing'],
  [/BOUNCED/, 'bounced'],
  [/ALREADY/, 'already_active'],
];

/** The tool's refusal in our codes, its own words as evidence. */
export function reasonOf(refusal: Refusal): RefusalReason {
  const code = MEANINGS.find(([words]) => words.test(refusal.code))?.[1] ?? 'vendor_refused';
  return { code, evidence: `${refusal.code}: ${refusal.message}` };
}
