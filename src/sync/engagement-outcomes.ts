import type { Day } from '../domain/day.js';
import type { RefusalCode, RefusalReason } from '../domain/engagement/codes.js';
import { businessDayAfter } from '../domain/engagement/send-time.js';
import type { Refusal } from '../ports/errors.js';
import type { EnrolmentOutcome } from '../ports/marketing.js';
import type { ItemStatus, LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { entryOf, type StepItem, stepOf } from './engagement-item.js';
import { keepSent } from './keep-sent.js';

/** Refusals that are found out while the plan is carried out are numbered behind everything that was planned. */
const LATE = 1_000_000_000;

/** Planned refusals: each goes into the ledger; deferred ones are decided again when their day has come. */
export async function keepRefusals(run: Run, items: readonly PlanItem[]): Promise<void> {
  const entries = items.map((item) => {
    const step = stepOf(item);
    return entryOf(run, step, { status: step.tryOn === null ? 'refused' : 'deferred' });
  });
  await run.state.ledger.write(entries);
  await decideAgain(
    run,
    // Whoever waits for another day is met again by that day's full assessment.
    items.filter((item) => (stepOf(item).tryOn ?? Infinity) <= run.today),
  );
  await run.state.plan.setStatus(
    run.id,
    items.map(({ seq }) => ({ seq, status: 'done' as const })),
  );
}

export interface LateRefusal {
  readonly item: PlanItem;
  readonly refused: RefusalReason;
  readonly tryOn: StepItem['tryOn'];
}

/** What was planned and turned out not to be allowed: the plan says so, with the code, like any refusal. */
export async function refuseLate(run: Run, refusals: readonly LateRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const items = refusals.map(({ item, refused, tryOn }): PlanItem => {
    const detail: StepItem = { ...stepOf(item), touchDays: [], refused, tryOn };
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
export async function decideAgain(run: Run, items: readonly Pick<PlanItem, 'account'>[]): Promise<void> {
  if (items.length > 0)
    await run.state.assessments.markChanged([...new Set(items.map(({ account }) => account))]);
}

/** A step that was carried out, with the tool's record id of the person. */
export interface Sent {
  readonly item: PlanItem;
  readonly recordId: string;
  readonly outcome: EnrolmentOutcome;
  /** Day on which the task is due; null for a message. */
  readonly dueOn: Day | null;
}

/**
 * Closes every key that was sent, and gives how many were enrolled; what has no clear answer stays open and is read
 * back. The plan is told last: an item that is done there has nothing left to be done.
 */
export async function closeSent(run: Run, sent: readonly Sent[]): Promise<number> {
  const entries: LedgerEntry[] = [];
  const statuses: { readonly seq: number; readonly status: ItemStatus }[] = [];
  const late: LateRefusal[] = [];
  for (const { item, recordId, outcome } of sent) {
    if (outcome.outcome === 'refused') {
      late.push({ item, refused: reasonOf(outcome.refusal), tryOn: againOn(run, outcome.refusal) });
      continue;
    }
    const { outcome: status, made } = outcome;
    const step = stepOf(item);
    // Who was in it already was not touched by us.
    const touched = status === 'already' ? { ...step, touchDays: [] } : step;
    entries.push(entryOf(run, touched, { status, recordId, made }));
    statuses.push({ seq: item.seq, status: status === 'unclear' ? 'unclear' : 'done' });
  }
  await run.state.ledger.write(entries);
  const enrolled = entries.filter(({ status }) => status === 'enrolled');
  await keepSent(run, enrolled, new Map(sent.map(({ item, dueOn }) => [item.key, dueOn])));
  await refuseLate(run, late);
  await run.state.plan.setStatus(run.id, statuses);
  await decideAgain(
    run,
    entries.filter(({ status }) => status === 'unclear'),
  );
  return enrolled.length;
}

/** A full day is waited out; whatever else the vendor may take later is tried by the next run. */
function againOn(run: Run, refusal: Refusal): StepItem['tryOn'] {
  if (!refusal.retryable) return null;
  const full = reasonOf(refusal).code === 'sender_cap';
  return full ? businessDayAfter(run.settings.engagement.calendar, run.today, 1) : run.today;
}

/** Words in a tool's own refusal codes that mean one of ours; anything else is `vendor_refused`. */
const MEANINGS: readonly (readonly [RegExp, RefusalCode])[] = [
  [/LIMIT|THROTTLE/, 'sender_cap'],
  [/SENDER|INBOX|MAILBOX/, 'sender_unavailable'],
  [/UNSUBSCRIBED|OPTED_OUT/, 'opted_out_marketing'],
  [/BOUNCED/, 'bounced'],
  [/ALREADY/, 'already_active'],
];

/** The tool's refusal in our codes, its own words as evidence. */
export function reasonOf(refusal: Refusal): RefusalReason {
  const code = MEANINGS.find(([words]) => words.test(refusal.code))?.[1] ?? 'vendor_refused';
  return { code, evidence: `${refusal.code}: ${refusal.message}` };
}
