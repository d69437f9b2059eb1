import { formatDay } from '../domain/day.js';
import type { RecordChange, WriteOutcome } from '../ports/crm.js';
import type { DeadLetter, PlanItem } from '../ports/state-store.js';
import type { FieldsDetail } from './assess.js';
import type { Run } from './context.js';
import { noteAnswers } from './quarrels.js';
import { contentOf } from './settle.js';

/** Rows handed to the CRM at once: as many as one upload may carry, and a bound on memory. */
const SLICE = 100_000;
const READ = 2_000;

/** Writes the account fields that differ. One outcome per record; what is refused becomes a dead letter. */
export async function applyFields(run: Run): Promise<void> {
  const account = run.settings.crm.objects.find(({ kind }) => kind === 'account');
  if (account === undefined) return;
  let slice: PlanItem[] = [];
  run.progress.stage('Writing accounts', await planned(run));
  for await (const page of run.state.plan.items(run.id, { kind: 'field', status: 'planned' }, READ)) {
    slice.push(...page);
    if (slice.length < SLICE) continue;
    await writeSlice(run, account.object, slice);
    slice = [];
  }
  await writeSlice(run, account.object, slice);
  run.progress.done('Accounts written');
}

async function planned(run: Run): Promise<number> {
  const counts = await run.state.plan.counts(run.id);
  return counts.find(({ kind, status }) => kind === 'field' && status === 'planned')?.count ?? 0;
}

async function writeSlice(run: Run, object: string, items: readonly PlanItem[]): Promise<void> {
  if (items.length === 0) return;
  run.signal.throwIfAborted();
  const byRecord = new Map(items.map((item) => [item.key, item]));
  for await (const outcomes of run.crm.write(object, items.map(changeOf))) {
    await keepOutcomes(run, object, { outcomes, byRecord });
    run.progress.advance(outcomes.length);
    run.signal.throwIfAborted();
  }
}

function changeOf(item: PlanItem): RecordChange {
  const detail = item.detail as FieldsDetail;
  return {
    id: detail.record,
    values: Object.fromEntries(detail.differences.map(({ field, value }) => [field, value])),
  };
}

interface Answers {
  readonly outcomes: readonly WriteOutcome[];
  readonly byRecord: ReadonlyMap<string, PlanItem>;
}

async function keepOutcomes(run: Run, object: string, { outcomes, byRecord }: Answers): Promise<void> {
  const answered = outcomes.flatMap((outcome) => {
    const item = byRecord.get(outcome.id);
    return item === undefined ? [] : [{ outcome, item }];
  });
  const written = answered.filter(({ outcome }) => outcome.ok).map(({ item }) => item);
  const confirmed = written.map((item) => ({ id: item.key, held: changeOf(item).values }));
  await run.state.rows.setHeld(confirmed);
  await noteAnswers(run, confirmed);
  await run.state.deadLetters.resolve(written.map(({ key }) => key));
  const letters = answered.flatMap(({ outcome, item }) =>
    outcome.ok ? [] : [letterOf(run, object, { outcome, item })],
  );
  if (letters.length > 0) await run.state.deadLetters.add(letters);
  await markRetryable(run, answered);
  await run.state.plan.setStatus(
    run.id,
    answered.map(({ outcome, item }) => ({ seq: item.seq, status: outcome.ok ? 'done' : 'rejected' })),
  );
}

/** A lock or a busy server may let the same change through tomorrow: the next run plans it again. */
async function markRetryable(
  run: Run,
  answered: readonly { readonly outcome: WriteOutcome; readonly item: PlanItem }[],
): Promise<void> {
  const again = answered.filter(({ outcome }) => !outcome.ok && outcome.refusal.retryable);
  if (again.length > 0) await run.state.assessments.markChanged(again.map(({ item }) => item.account));
}

interface Refused {
  readonly outcome: Extract<WriteOutcome, { ok: false }>;
  readonly item: PlanItem;
}

function letterOf(run: Run, object: string, { outcome, item }: Refused): Omit<DeadLetter, 'attempts'> {
  const detail = item.detail as FieldsDetail;
  return {
    id: run.digest.content(`${object}/${item.key}`).slice(0, 12),
    run: run.id,
    object,
    record: item.key,
    account: item.account,
    // What may succeed by itself is planned again by the next run; the rest waits for somebody.
    content: outcome.refusal.retryable ? `retry:${formatDay(run.today)}` : contentOf(run, detail),
    refusal: outcome.refusal,
    day: run.today,
  };
}
