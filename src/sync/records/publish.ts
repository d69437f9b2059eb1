import { formatDay } from '../../domain/day.js';
import type { CrmValue, RecordToUpsert, UpsertOutcome } from '../../ports/crm.js';
import { CRM_RECORDS, type CrmRecordKind, type RecordWish } from '../../ports/crm-records.js';
import { IntegrationError } from '../../ports/errors.js';
import type { DeadLetter } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import { withinBudget } from './budget.js';

/** A wish, and what goes with it. */
export interface RecordToPublish {
  readonly wish: RecordWish;
  /** Account whose record it is, or the empty text: it is marked when the record was refused. */
  readonly account: string;
  /** Values that are written when the record is made and never again. */
  readonly once?: Readonly<Record<string, CrmValue>>;
  /** Key and text by which `published` remembers it, where that is not the record's own key and content. */
  readonly remember?: { readonly key: string; readonly content: string };
}

export interface PublishCount {
  /** Keys that the CRM confirmed, or was known to hold as they are. */
  readonly held: readonly string[];
  readonly written: number;
  readonly refused: number;
  /** New records that had no room in the budget of their kind. */
  readonly skipped: number;
}

const NOTHING: PublishCount = { held: [], written: 0, refused: 0, skipped: 0 };

/**
 * Brings records of one kind to what they should hold. What the CRM is known to hold already is not sent; what it
 * refused with the same content waits for a retry; each of the others has its own outcome.
 */
export async function publish(
  run: Run,
  kind: CrmRecordKind,
  records: readonly RecordToPublish[],
): Promise<PublishCount> {
  if (records.length === 0 || !run.records.has(kind)) return NOTHING;
  const all = records.map((record) => sealed(run, record));
  const known = await run.state.published.of(
    kind,
    all.map(({ memory }) => memory.key),
  );
  const isHeld = ({ memory }: Sealed): boolean => known.get(memory.key) === memory.content;
  const held = all.filter(isHeld);
  const differing = all.filter((one) => !isHeld(one));
  const waiting = await waitingAs(run, differing);
  const open = differing.filter((one) => waiting.get(one.wish.key) !== one.content);
  const { fits, skipped } = await withinBudget(run, kind, {
    open,
    isNew: (one) => isNew(one, known),
  });
  const outcomes = await sendIfAllowed(run, kind, { records: fits, known });
  const confirmed = fits.filter(({ wish }) => outcomes.get(wish.key)?.ok === true);
  return {
    held: [...held, ...confirmed].map(({ wish }) => wish.key),
    written: confirmed.length,
    refused: fits.length - confirmed.length,
    skipped,
  };
}

interface Sealed extends RecordToPublish {
  /** Hash of what the record should hold. */
  readonly content: string;
  readonly memory: { readonly key: string; readonly content: string };
}

function sealed(run: Run, record: RecordToPublish): Sealed {
  const content = run.digest.content(JSON.stringify(Object.entries(record.wish.values).sort()));
  return { ...record, content, memory: record.remember ?? { key: record.wish.key, content } };
}

/** What is remembered under another key than its own is a new record each time. */
function isNew({ remember, wish }: Sealed, known: ReadonlyMap<string, string>): boolean {
  return remember !== undefined || !known.has(wish.key);
}

async function waitingAs(run: Run, records: readonly Sealed[]): Promise<ReadonlyMap<string, string>> {
  return records.length === 0
    ? new Map()
    : run.state.deadLetters.waiting(records.map(({ wish }) => wish.key));
}

interface ToSend {
  readonly records: readonly Sealed[];
  readonly known: ReadonlyMap<string, string>;
}

/** A right that was taken from one kind of record must not keep the others, or the run, from their end. */
async function sendIfAllowed(
  run: Run,
  kind: CrmRecordKind,
  wanted: ToSend,
): Promise<ReadonlyMap<string, UpsertOutcome>> {
  try {
    return await send(run, kind, wanted);
  } catch (error) {
    const forbidden = error instanceof IntegrationError && ['Authorization', 'Config'].includes(error.kind);
    if (!forbidden) throw error;
    run.log.warn('Records of a kind can not be written', { run: run.id, kind, code: error.code });
    return new Map();
  }
}

/** Each page of answers is written down at once: what is known to be there is not sent again after a kill. */
async function send(
  run: Run,
  kind: CrmRecordKind,
  { records, known }: ToSend,
): Promise<ReadonlyMap<string, UpsertOutcome>> {
  const answered = new Map<string, UpsertOutcome>();
  if (records.length === 0) return answered;
  await run.checkpoint();
  const { object } = CRM_RECORDS[kind];
  const byKey = new Map(records.map((record) => [record.wish.key, record]));
  const wanted = records.map((record) => toUpsert(record, isNew(record, known)));
  for await (const outcomes of run.crm.upsert(object, 'Key__c', wanted)) {
    for (const outcome of outcomes) answered.set(outcome.key, outcome);
    await keepOutcomes(run, kind, { outcomes, byKey });
    await run.checkpoint();
  }
  return answered;
}

/** Values by field name; a reference to another record of ours names that one by its key. */
function toUpsert({ wish, once }: Sealed, isNew: boolean): RecordToUpsert {
  const fields: Readonly<Record<string, string>> = CRM_RECORDS[wish.kind].fields;
  const given: Readonly<Record<string, CrmValue>> = { ...wish.values, ...(isNew ? once : {}) };
  const values = Object.entries(given).flatMap(([name, value]) => {
    const field = fields[name];
    if (field === undefined) return [];
    if (!isReference(wish.kind, name)) return [[field, value] as const];
    return value === null ? [] : [[field.replace(/__c$/, '__r.Key__c'), value] as const];
  });
  return { key: wish.key, values: Object.fromEntries(values) };
}

function isReference(kind: CrmRecordKind, name: string): boolean {
  return kind === 'decision' && name === 'episode';
}

interface Answered {
  readonly outcomes: readonly UpsertOutcome[];
  readonly byKey: ReadonlyMap<string, Sealed>;
}

async function keepOutcomes(run: Run, kind: CrmRecordKind, { outcomes, byKey }: Answered): Promise<void> {
  const answered = outcomes.flatMap((outcome) => {
    const record = byKey.get(outcome.key);
    return record === undefined ? [] : [{ outcome, record }];
  });
  const confirmed = answered.filter(({ outcome }) => outcome.ok).map(({ record }) => record);
  await run.state.published.set(
    kind,
    confirmed.map(({ memory }) => ({ ...memory, day: run.today })),
  );
  await run.state.deadLetters.resolve(confirmed.map(({ wish }) => wish.key));
  // A refused note about an error would be an error about an error, without end: it is in the log.
  if (kind === 'error' || kind === 'run') return warn(run, kind, outcomes);
  const letters = answered.flatMap(({ outcome, record }) =>
    outcome.ok ? [] : [letterOf(run, record, outcome)],
  );
  if (letters.length > 0) await run.state.deadLetters.add(letters);
}

function warn(run: Run, kind: CrmRecordKind, outcomes: readonly UpsertOutcome[]): void {
  for (const outcome of outcomes)
    if (!outcome.ok)
      run.log.warn('A record about a run was refused', { run: run.id, kind, code: outcome.refusal.code });
}

function letterOf(
  run: Run,
  { wish, account, content }: Sealed,
  { refusal }: Extract<UpsertOutcome, { ok: false }>,
): Omit<DeadLetter, 'attempts'> {
  const { object } = CRM_RECORDS[wish.kind];
  return {
    id: run.digest.content(`${object}/${wish.key}`).slice(0, 12),
    run: run.id,
    object,
    record: wish.key,
    account,
    content: refusal.retryable ? `retry:${formatDay(run.today)}` : content,
    refusal,
    day: run.today,
  };
}
