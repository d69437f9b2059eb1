import type { Instant } from '../domain/day.js';
import { personsOf } from '../domain/engagement/person.js';
import type { OwnKind, RecordKind } from '../domain/facts/record.js';
import type { RecordPage } from '../ports/crm.js';
import type { ObjectMapping } from '../ports/mapping.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { KnownContact, StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';
import { noticeRewrites } from './quarrels.js';
import { heldFields, selectedFields, storedRow, unreadable } from './rows.js';
import { takeReadings } from './take-readings.js';

/** Where reading of one object stands. Kept after every page, so that a killed run goes on from there. */
interface Cursor {
  /** Changes when the mapping of the object does: everything is read again then. */
  readonly shape: string;
  /** The server's own time at the beginning of the last finished read: what was committed then was seen. */
  readonly seenUpTo: Instant | null;
  /** A read under way: from where, and how far. */
  readonly open: {
    readonly mark: string;
    readonly since: Instant | null;
    readonly resume: string | null;
  } | null;
}

export interface PullCount {
  readonly read: number;
  readonly changed: number;
}

interface PullTask {
  readonly kind: RecordKind;
  /** About how many rows there are; null = not asked. */
  readonly expected: number | null;
}

/** Reads what is new of every mapped object into the state: everything at first, later what changed. */
export async function pull(run: Run): Promise<PullCount> {
  await takeReadings(run);
  for (const kind of run.unread) await forgetKind(run, kind);
  const counts = await run.pieces.all<PullCount>('pull', () => kindsToPull(run));
  return {
    read: counts.reduce((sum, { read }) => sum + read, 0),
    changed: counts.reduce((sum, { changed }) => sum + changed, 0),
  };
}

async function kindsToPull(run: Run): Promise<readonly PieceToDo[]> {
  const objects = run.settings.crm.objects.filter(({ kind }) => !unreadable(run, kind));
  const plans = await Promise.all(
    objects.map(async (mapping) => ({ mapping, cursor: await readCursor(run, mapping) })),
  );
  const fresh = plans.filter(({ cursor }) => cursor.seenUpTo === null && cursor.open === null);
  const counts =
    fresh.length > 0
      ? await run.crm.counts(fresh.map(({ mapping }) => mapping.object))
      : new Map<string, number>();
  return objects.map(({ kind, object }) => {
    return { piece: kind, task: { kind, expected: counts.get(object) ?? null } satisfies PullTask };
  });
}

/** Reads one object from where its cursor stands. */
export async function pullPiece(run: Run, task: unknown): Promise<PullCount> {
  const { kind, expected } = task as PullTask;
  const mapping = run.settings.crm.objects.find((one) => one.kind === kind);
  if (mapping === undefined) return { read: 0, changed: 0 };
  return pullObject(run, mapping, { cursor: await readCursor(run, mapping), expected });
}

/** What can't be read any more is nobody's; once it can, all of it is read again. */
async function forgetKind(run: Run, kind: OwnKind): Promise<void> {
  if ((await run.state.rows.count(kind)) > 0) {
    await run.state.rows.beginFull(kind, run.id);
    await run.state.rows.endFull(kind, run.id);
  }
  await run.state.notes.remove(`cursor:${kind}`);
}

interface ObjectPull {
  readonly cursor: Cursor;
  readonly expected: number | null;
}

async function pullObject(
  run: Run,
  mapping: ObjectMapping,
  { cursor, expected }: ObjectPull,
): Promise<PullCount> {
  const open = cursor.open ?? openRead(run, cursor);
  const full = open.since === null;
  if (full && open.resume === null) await run.state.rows.beginFull(mapping.kind, open.mark);
  run.progress.stage(`Reading ${mapping.object}`, expected);
  let count: PullCount = { read: 0, changed: 0 };
  let serverTime: Instant | null = null;
  for await (const page of run.crm.pull(pullRequest(run, mapping, { open, expected }))) {
    await run.checkpoint();
    const kept = await keepPage(run, mapping, page);
    count = { read: count.read + page.records.length, changed: count.changed + kept };
    serverTime = page.serverTime;
    run.progress.advance(page.records.length);
    if (!page.done) await saveCursor(run, mapping, { ...cursor, open: { ...open, resume: page.resume } });
  }
  if (full)
    count = { ...count, changed: count.changed + (await run.state.rows.endFull(mapping.kind, open.mark)) };
  await saveCursor(run, mapping, {
    ...cursor,
    seenUpTo: serverTime ?? cursor.seenUpTo,
    open: null,
  });
  run.progress.done(`${mapping.object}: ${count.read} read, ${count.changed} changed`);
  return count;
}

function openRead(run: Run, cursor: Cursor): NonNullable<Cursor['open']> {
  const overlap = run.settings.service.pull.overlapMinutes * 60_000;
  const since = cursor.seenUpTo === null ? null : cursor.seenUpTo - overlap;
  return { mark: run.id, since, resume: null };
}

function pullRequest(
  run: Run,
  mapping: ObjectMapping,
  read: { readonly open: NonNullable<Cursor['open']>; readonly expected: number | null },
) {
  return {
    object: mapping.object,
    fields: selectedFields(mapping, run.settings.crm, run.absent),
    stampField: mapping.stampField,
    where: mapping.where,
    since: read.open.since,
    resume: read.open.resume,
    expectedRows: read.expected,
  };
}

/** Keeps a page as it was read: rows, the persons behind them, and what was merged. Returns how many rows differed. */
export async function keepPage(run: Run, mapping: ObjectMapping, page: RecordPage): Promise<number> {
  const gone = page.records.filter((record) => record.deleted).map(({ id }) => id);
  const kept = { dayOf: run.dayOf, held: heldFields(run.settings.crm) };
  const rows = page.records
    .filter((record) => !record.deleted)
    .map((record) => storedRow(record, mapping, kept));
  // What was merged away since the last read is read with what it said last: its opt-out must not get lost.
  const merged = page.records
    .filter(({ deleted, mergedInto }) => deleted && mergedInto !== null)
    .map((record) => storedRow(record, mapping, kept));
  if (mapping.kind === 'contact') await keepPersons(run, [...rows, ...merged], gone);
  if (mapping.kind === 'contact' || mapping.kind === 'account') await keepMerges(run, mapping.kind, page);
  if (mapping.kind === 'account') await noticeRewrites(run, rows);
  const removed = gone.length > 0 ? await run.state.rows.remove(mapping.kind, gone) : 0;
  return removed + (rows.length > 0 ? await run.state.rows.save(mapping.kind, rows) : 0);
}

/** Who stands behind each contact: the same person may stand in several accounts. */
async function keepPersons(run: Run, rows: readonly StoredRow[], gone: readonly string[]): Promise<void> {
  const known = personsOf(rows, run.digest.person).flatMap((person) =>
    person.contactIds.map((contact) => ({ contact, person: person.person })),
  );
  const byContact = new Map(known.map(({ contact, person }) => [contact, person]));
  const contacts = rows.flatMap((row): readonly KnownContact[] => {
    const person = byContact.get(row.id);
    if (person === undefined) return [];
    const { optedOut, bounced, bouncedAt } = row.values;
    const bounces = bounced === true || typeof bouncedAt === 'number';
    return [
      {
        contact: row.id,
        account: row.accountId ?? '',
        person,
        optedOut: optedOut === true,
        bounced: bounces,
      },
    ];
  });
  if (contacts.length > 0) await run.state.persons.save(contacts);
  if (gone.length > 0) await run.state.persons.remove(gone);
}

/** What was done for a record that was merged away counts for the one that stayed. */
async function keepMerges(run: Run, kind: 'account' | 'contact', page: RecordPage): Promise<void> {
  const merges = page.records.flatMap(({ id, mergedInto }) =>
    mergedInto === null ? [] : [{ kind, loser: id, winner: mergedInto }],
  );
  if (merges.length === 0) return;
  // The overlap reads the same merge again: that is no change.
  const known = await run.state.persons.losersOf(merges.map(({ winner }) => winner));
  const fresh = merges.filter(({ loser, winner }) => !known.get(winner)?.includes(loser));
  await run.state.persons.merge(fresh);
  if (kind === 'account') await run.state.assessments.markChanged(fresh.map(({ winner }) => winner));
}

function cursorName(mapping: ObjectMapping): string {
  return `cursor:${mapping.kind}`;
}

async function readCursor(run: Run, mapping: ObjectMapping): Promise<Cursor> {
  const shape = run.digest.content(
    JSON.stringify([run.org.id, mapping, selectedFields(mapping, run.settings.crm, run.absent)]),
  );
  const found = (await run.state.notes.get(cursorName(mapping))) as Cursor | null | undefined;
  return found?.shape === shape ? found : { shape, seenUpTo: null, open: null };
}

/** Whether the object was read to its end once, with the mapping as it is now. */
export async function wasRead(run: Run, mapping: ObjectMapping): Promise<boolean> {
  return (await readCursor(run, mapping)).seenUpTo !== null;
}

async function saveCursor(run: Run, mapping: ObjectMapping, cursor: Cursor): Promise<void> {
  await run.state.notes.set(cursorName(mapping), cursor);
}
