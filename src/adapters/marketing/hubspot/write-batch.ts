import type { Refusal } from '../../../ports/errors.js';
import type { Context } from './context.js';
import { contentRefused, errorAnswer } from './errors.js';
import { propertyProblems, refusalOf } from './refusals.js';
import { BATCH, type BatchAnswer, type ErrorAnswer } from './schema.js';

export interface Row {
  /** Our key of the row. */
  readonly key: string;
  /** Record id for an update, value of the stamp for an upsert. */
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
}

export type WriteOutcome =
  | { readonly ok: true; readonly recordId: string; readonly created: boolean }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** The record that has the address already, when that is the reason. */
      readonly existingId: string | null;
    };

type Outcomes = ReadonlyMap<string, WriteOutcome>;
type Kind = 'update' | 'upsert';

/**
 * One outcome per row, at most 100 rows. Each row carries a trace id of its own, so that HubSpot refuses rows
 * and not the batch; where it refuses the batch all the same, halves are tried until the bad row is alone.
 */
export async function writeRows(context: Context, kind: Kind, rows: readonly Row[]): Promise<Outcomes> {
  if (rows.length === 0) return new Map();
  const [together, apart] = partedById(rows);
  const outcomes = new Map(await writeOrHalve(context, kind, together));
  for (const row of apart) {
    for (const [key, outcome] of await writeOrHalve(context, kind, [row])) outcomes.set(key, outcome);
  }
  return outcomes;
}

/** Ids must be distinct within a batch. */
function partedById(rows: readonly Row[]): readonly [readonly Row[], readonly Row[]] {
  const first = new Map(rows.toReversed().map((row) => [row.id, row]));
  return [rows.filter((row) => first.get(row.id) === row), rows.filter((row) => first.get(row.id) !== row)];
}

async function writeOrHalve(context: Context, kind: Kind, rows: readonly Row[]): Promise<Outcomes> {
  let refused: ErrorAnswer;
  try {
    return await accounted(context, kind, { rows, answer: await sendRows(context, kind, rows) });
  } catch (error) {
    if (!contentRefused(error)) throw error;
    refused = errorAnswer(error.cause.body);
  }
  if (rows.length === 1 || aboutEveryRow(refused)) {
    return new Map(rows.map((row) => [row.key, refusedRow(refused)]));
  }
  return halves(context, kind, rows);
}

async function halves(context: Context, kind: Kind, rows: readonly Row[]): Promise<Outcomes> {
  const middle = Math.ceil(rows.length / 2);
  const first = await writeOrHalve(context, kind, rows.slice(0, middle));
  return new Map([...first, ...(await writeOrHalve(context, kind, rows.slice(middle)))]);
}

function sendRows(context: Context, kind: Kind, rows: readonly Row[]): Promise<BatchAnswer> {
  const key = kind === 'upsert' ? { idProperty: context.stamps.contact } : {};
  return context.client.send({
    kind: `contacts-batch-${kind}`,
    method: 'POST',
    path: context.paths.batch('contacts', kind),
    body: {
      inputs: rows.map((row, index) => ({
        id: row.id,
        ...key,
        properties: row.properties,
        objectWriteTraceId: String(index),
      })),
    },
    answer: BATCH,
    repeat: 'repeatable',
  });
}

interface Answered {
  readonly rows: readonly Row[];
  readonly answer: BatchAnswer;
}

/** Rows found again by trace id, else by their own id; whatever was answered about none of them is halved. */
async function accounted(context: Context, kind: Kind, { rows, answer }: Answered): Promise<Outcomes> {
  const outcomes = new Map<string, WriteOutcome>();
  const rowOf = (trace: string | undefined, id: string | undefined): Row | undefined =>
    trace === undefined ? rows.find((row) => row.id === id) : rows[Number(trace)];
  for (const record of answer.results) {
    const id = kind === 'update' ? record.id : (record.properties[context.stamps.contact] ?? undefined);
    const row = rowOf(record.objectWriteTraceId, id);
    if (row !== undefined)
      outcomes.set(row.key, { ok: true, recordId: record.id, created: record.new === true });
  }
  for (const error of answer.errors ?? []) {
    const traces = error.context?.objectWriteTraceId?.map((trace) => rowOf(trace, undefined)) ?? [];
    const named = error.context?.ids?.map((id) => rowOf(undefined, id)) ?? [];
    for (const row of [...traces, ...named]) if (row !== undefined) outcomes.set(row.key, refusedRow(error));
  }
  const open = rows.filter((row) => !outcomes.has(row.key));
  if (open.length === 0) return outcomes;
  return new Map([...outcomes, ...(await reconsidered(context, kind, { rows: open, answer }))]);
}

async function reconsidered(context: Context, kind: Kind, { rows, answer }: Answered): Promise<Outcomes> {
  const told = answer.errors?.[0] ?? { message: 'HubSpot answered nothing about the record.' };
  if (rows.length === 1) return new Map(rows.map((row) => [row.key, refusedRow(told)]));
  return halves(context, kind, rows);
}

/** A property that does not exist, or that nobody may write, is refused for each row alike. */
function aboutEveryRow(answer: ErrorAnswer): boolean {
  const problems = propertyProblems(answer.message ?? '');
  return (
    problems.length > 0 &&
    problems.every((one) => one.error === 'PROPERTY_DOESNT_EXIST' || one.error === 'READ_ONLY_VALUE')
  );
}

function refusedRow(answer: ErrorAnswer): WriteOutcome {
  const existing = /Existing ID: (\d+)/.exec(answer.message ?? '');
  return { ok: false, refusal: refusalOf(answer), existingId: existing?.[1] ?? null };
}
