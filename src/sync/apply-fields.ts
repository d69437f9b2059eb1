import { formatDay } from '../domain/day.js';
import { sameValue } from '../domain/settle/difference.js';
import type { CrmValue, WriteOutcome } from '../ports/crm.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { DeadLetter, ItemStatus, PlanItem, SeqRange } from '../ports/state-store.js';
import type { Run } from './context.js';
import { changeOf, contentOf, type FieldsDetail } from './field-item.js';
import { noteAnswers } from './quarrels.js';

/** Rows handed to the CRM at once: as many as one upload may carry, and a bound on memory. */
const SLICE = 100_000;
const READ = 2_000;

/** Writes the account fields that differ. One outcome per record; what is refused becomes a dead letter. */
export async function applyFields(run: Run): Promise<void> {
  run.progress.stage('Writing accounts', await planned(run));
  try {
    await run.pieces.all('fields', () => ranges(run));
  } finally {
    await noteAnswers(run.state, run.id);
  }
  run.progress.done('Accounts written');
}

async function planned(run: Run): Promise<number> {
  const counts = await run.state.plan.counts(run.id);
  return counts.find(({ kind, status }) => kind === 'field' && status === 'planned')?.count ?? 0;
}

async function ranges(run: Run): Promise<readonly PieceToDo[]> {
  const filter = { kind: 'field', status: 'planned' } as const;
  const found = await run.state.plan.ranges(run.id, filter, run.sizes.items);
  return found.map((range, at) => ({ piece: String(at + 1), task: range }));
}

/** Writes one range of the plan. What a worker that was killed had begun is read back first, and only the rest repeated. */
export async function fieldsPiece(run: Run, task: unknown, again: boolean): Promise<void> {
  const range = task as SeqRange;
  const account = run.settings.crm.objects.find(({ kind }) => kind === 'account');
  if (account === undefined) return;
  if (again) await readBackFields(run, account.object, range);
  let slice: PlanItem[] = [];
  const filter = { kind: 'field', status: 'planned', range } as const;
  for await (const page of run.state.plan.items(run.id, filter, READ)) {
    slice.push(...page);
    if (slice.length < SLICE) continue;
    await writeSlice(run, account.object, slice);
    slice = [];
  }
  await writeSlice(run, account.object, slice);
}

async function writeSlice(run: Run, object: string, items: readonly PlanItem[]): Promise<void> {
  if (items.length === 0) return;
  await run.checkpoint();
  await setStatus(run, items, 'intended');
  const byRecord = new Map(items.map((item) => [item.key, item]));
  for await (const outcomes of run.crm.write(object, items.map(changeOf))) {
    await keepOutcomes(run, object, { outcomes, byRecord });
    run.progress.advance(outcomes.length);
    await run.checkpoint();
  }
}

/** Records that hold already what they should were written by whoever was killed; the others are planned again. */
async function readBackFields(run: Run, object: string, range: SeqRange): Promise<void> {
  const filter = { kind: 'field', status: 'intended', range } as const;
  for await (const page of run.state.plan.items(run.id, filter, READ)) {
    await run.checkpoint();
    const changes = new Map(page.map((item) => [item.key, changeOf(item)]));
    const fields = [...new Set([...changes.values()].flatMap(({ values }) => Object.keys(values)))];
    const found = await run.crm.fetch(object, [...changes.keys()], fields);
    const holding = found.filter(({ id, values }) => holdsAll(values, changes.get(id)?.values ?? {}));
    const outcomes = holding.map(({ id }): WriteOutcome => ({ id, ok: true }));
    await keepOutcomes(run, object, { outcomes, byRecord: new Map(page.map((item) => [item.key, item])) });
    const written = new Set(holding.map(({ id }) => id));
    await setStatus(
      run,
      page.filter(({ key }) => !written.has(key)),
      'planned',
    );
    run.log.info('Read back what a killed worker had begun', {
      run: run.id,
      asked: page.length,
      written: written.size,
    });
  }
}

type Values = Readonly<Record<string, CrmValue>>;

function holdsAll(held: Values, wanted: Values): boolean {
  return Object.entries(wanted).every(([field, value]) => sameValue(held[field] ?? null, value));
}

function setStatus(run: Run, items: readonly PlanItem[], status: ItemStatus): Promise<void> {
  return run.state.plan.setStatus(
    run.id,
    items.map(({ seq }) => ({ seq, status })),
  );
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
