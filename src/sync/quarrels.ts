import {
  contestedIn,
  forgiven,
  isContested,
  NO_QUARRELS,
  type Quarrel,
  type Quarrels,
  rewritesOf,
  withAnswer,
  withoutSettled,
  withRewrites,
} from '../domain/settle/contest.js';
import type { FieldDifference } from '../domain/settle/difference.js';
import type { CrmValue } from '../ports/crm.js';
import type { NoteStore, StateStore, StoredRow } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import type { FieldsDetail } from './field-item.js';

const QUARRELS = 'quarrels';

export async function readQuarrels(notes: NoteStore): Promise<Quarrels> {
  return ((await notes.get(QUARRELS)) as Quarrels | null) ?? NO_QUARRELS;
}

/** Before rows are kept: fields of ours that hold something else than was last known of them. */
export async function noticeRewrites(run: Run, rows: readonly StoredRow[]): Promise<void> {
  const known = await run.state.rows.heldOf(rows.map(({ id }) => id));
  const fields = run.settings.crm.write.map(({ field }) => field);
  const rewrites = rows.flatMap(({ id, held }) =>
    rewritesOf(id, { known: known.get(id) ?? {}, holds: held ?? {}, fields }),
  );
  if (rewrites.length === 0) return;
  const before = await readQuarrels(run.state.notes);
  await run.state.notes.set(QUARRELS, withRewrites(before, rewrites, run.today));
}

/** A record that others changed, and which of its fields still hold something else than they should. */
export interface Differing {
  readonly record: string;
  readonly fields: readonly string[];
}

/** Those of these records that others have changed. */
export function quarrelledOf(quarrels: Quarrels, records: readonly Differing[]): readonly Differing[] {
  return records.filter(({ record }) => quarrels.records[record] !== undefined);
}

/** What others changed and what holds by now what it should is no quarrel any more. */
export async function dropSettled(run: Run, assessed: readonly Differing[]): Promise<void> {
  if (assessed.length === 0) return;
  const before = await readQuarrels(run.state.notes);
  const after = assessed.reduce(
    (quarrels, { record, fields }) => withoutSettled(quarrels, record, fields),
    before,
  );
  await run.state.notes.set(QUARRELS, after);
}

/** What the CRM confirmed as written by a run: where others had changed it, that is our answer. */
export async function noteAnswers(state: StateStore, run: string): Promise<void> {
  const before = await readQuarrels(state.notes);
  if (before === NO_QUARRELS) return;
  let after = before;
  for await (const page of state.plan.items(run, { kind: 'field', status: 'done' }, PAGE)) {
    for (const { detail } of page) {
      const { record, differences } = detail as FieldsDetail;
      const held = Object.fromEntries(differences.map(({ field, value }) => [field, value]));
      after = withAnswer(after, record, held);
    }
  }
  await state.notes.set(QUARRELS, after);
}

/** At the start of a run: what has stood for long enough is forgiven. */
export async function forgive(run: Run): Promise<void> {
  const before = await readQuarrels(run.state.notes);
  if (before !== NO_QUARRELS) await run.state.notes.set(QUARRELS, forgiven(before, run.today));
}

/** The differences of a record without those that are contested. */
export function uncontested(
  quarrels: Quarrels,
  record: string,
  found: readonly FieldDifference[],
): readonly FieldDifference[] {
  return found.filter(({ field, value }) => !isContested(quarrels, { record, field, value }));
}

/** A contested field as it is told: on one record, or on many of the book. */
export interface Contested extends Pick<Quarrel, 'record' | 'records' | 'wrote' | 'holds' | 'times'> {
  readonly field: string;
}

export async function contestedNow(notes: NoteStore): Promise<readonly Contested[]> {
  return contestedIn(await readQuarrels(notes)).map(({ field, record, records, wrote, holds, times }) => ({
    field,
    record,
    records,
    wrote,
    holds,
    times,
  }));
}

/** What it is and what to do now, in one sentence. */
export function contestedSentence({ field, record, records, wrote, holds, times }: Contested): string {
  const where = records > 1 ? `${records} accounts (for example ${record})` : `account ${record}`;
  return `${field} on ${where} was changed by somebody else ${times} times in a row (we wrote ${shown(wrote)}, it holds ${shown(holds)}) and is not written again: find the flow, rule or integration that changes it, then run \`truenorth retry\`.`;
}

export function shown(value: CrmValue): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}

/** Names by which `retryContested` can be asked: records and fields that others changed. */
export async function quarrelled(notes: NoteStore): Promise<readonly string[]> {
  const { records, fields } = await readQuarrels(notes);
  return [
    ...new Set([
      ...Object.entries(records).flatMap(([id, own]) => [id, ...Object.keys(own)]),
      ...Object.keys(fields),
    ]),
  ];
}

/** Lets contested fields be written again: all, or those of these records or fields. Gives how many there were. */
export async function retryContested(state: StateStore, ids: readonly string[] | 'all'): Promise<number> {
  const all = await readQuarrels(state.notes);
  const meant = (name: string): boolean => ids === 'all' || ids.includes(name);
  const left: Quarrels = {
    records: Object.fromEntries(
      Object.entries(all.records).flatMap(([record, own]) => {
        const others = Object.entries(own).filter(([field]) => !meant(record) && !meant(field));
        return others.length === 0 ? [] : [[record, Object.fromEntries(others)] as const];
      }),
    ),
    fields: Object.fromEntries(Object.entries(all.fields).filter(([field]) => !meant(field))),
  };
  const freed = contestedIn(all).length - contestedIn(left).length;
  if (freed === 0) return 0;
  await state.notes.set(QUARRELS, left);
  await state.assessments.markChanged(Object.keys(all.records));
  // Where a field was contested all over the book, everybody is looked at once more.
  await state.notes.remove('full-assessment');
  return freed;
}
