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
import type { Run } from './context.js';

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

/** What others changed and what holds by now what it should is no quarrel any more. */
export async function dropSettled(
  run: Run,
  before: Quarrels,
  assessed: readonly {
    readonly stored: { readonly account: string };
    readonly differing: readonly string[];
  }[],
): Promise<Quarrels> {
  const after = assessed.reduce(
    (quarrels, { stored, differing }) => withoutSettled(quarrels, stored.account, differing),
    before,
  );
  if (after !== before) await run.state.notes.set(QUARRELS, after);
  return after;
}

/** What the CRM confirmed as written: where others had changed it, that is our answer. */
export async function noteAnswers(
  run: Run,
  written: readonly { readonly id: string; readonly held: Readonly<Record<string, CrmValue>> }[],
): Promise<void> {
  const before = await readQuarrels(run.state.notes);
  if (before === NO_QUARRELS) return;
  const after = written.reduce((quarrels, { id, held }) => withAnswer(quarrels, id, held), before);
  await run.state.notes.set(QUARRELS, after);
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
