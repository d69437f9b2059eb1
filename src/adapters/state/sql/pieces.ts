import type { UpdateObject } from 'kysely';
import { lostPiece } from '../../../ports/holds.js';
import type {
  HeldPiece,
  PieceMark,
  PieceName,
  PieceStanding,
  PieceStore,
  StoredPiece,
} from '../../../ports/piece-store.js';
import { batches } from '../../database/batches.js';
import type { StateClient } from './client.js';
import { toJson } from './convert.js';
import type { Connection, RunPieceTable, StateTables } from './schema.js';

export function pieceStore(client: StateClient): PieceStore {
  const write = (operation: string, held: HeldPiece, change: Change) =>
    client.write(`pieces.${operation}`, (db) => move(db, held, change));
  return {
    plan: (run, stage, pieces) => client.write('pieces.plan', (db) => plan(db, { run, stage }, pieces)),
    take: (name, holder, now, ttlMs) =>
      client.write('pieces.take', (db) => take(db, name, { holder, now, until: now + ttlMs })),
    renew: (held, until, { done, total }) => write('renew', held, { expires_at: until, done, total }),
    holds: (held) => client.read('pieces.holds', (db) => holds(db, held)),
    note: (held, note) => write('note', held, { note: toJson(note) }),
    end: (held, { status, result }) => write('end', held, { status, result: toJson(result), expires_at: 0 }),
    release: async (held) => {
      await write('release', held, { status: 'open', expires_at: 0 });
    },
    standing: (run, stage) => client.read('pieces.standing', (db) => standing(db, run, stage)),
    list: (run, stage) => client.read('pieces.list', (db) => list(db, run, stage)),
  };
}

type Change = UpdateObject<StateTables, 'run_pieces'>;

const NEW = { status: 'open', holder: null, fence: 0, expires_at: 0, done: 0, total: null } as const;

async function plan(
  db: Connection,
  { run, stage }: { readonly run: string; readonly stage: string },
  pieces: Parameters<PieceStore['plan']>[2],
): Promise<readonly StoredPiece[]> {
  const planned = await list(db, run, stage);
  if (planned.some(({ status }) => status === 'failed'))
    await db
      .updateTable('run_pieces')
      .set({ status: 'open', result: toJson(null) })
      .where('run', '=', run)
      .where('stage', '=', stage)
      .where('status', '=', 'failed')
      .execute();
  if (planned.length === 0) {
    const rows = pieces.map(({ piece, task }) => {
      return { ...NEW, run, stage, piece, task: toJson(task), note: toJson(null), result: toJson(null) };
    });
    for (const batch of batches(rows, 12)) await db.insertInto('run_pieces').values(batch).execute();
  }
  return list(db, run, stage);
}

/** One statement decides: of two takers, the second finds the piece taken. */
async function take(
  db: Connection,
  { run, stage, piece }: PieceName,
  { holder, now, until }: { readonly holder: string; readonly now: number; readonly until: number },
): Promise<StoredPiece | null> {
  const row = await db
    .updateTable('run_pieces')
    .set((eb) => ({ status: 'taken', holder, fence: eb('fence', '+', 1), expires_at: until }))
    .where('run', '=', run)
    .where('stage', '=', stage)
    .where('piece', '=', piece)
    .where((eb) =>
      eb.or([eb('status', '=', 'open'), eb.and([eb('status', '=', 'taken'), eb('expires_at', '<=', now)])]),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : pieceOf(row);
}

async function move(db: Connection, held: HeldPiece, change: Change): Promise<boolean> {
  const { run, stage, piece, holder, fence } = held;
  const moved = await db
    .updateTable('run_pieces')
    .set(change)
    .where('run', '=', run)
    .where('stage', '=', stage)
    .where('piece', '=', piece)
    .where('status', '=', 'taken')
    .where('holder', '=', holder)
    .where('fence', '=', fence)
    .executeTakeFirst();
  return Number(moved.numUpdatedRows) === 1;
}

/** Leaves the note in the transaction of what it tells of. */
export async function keepMark(db: Connection, { held, note }: PieceMark): Promise<void> {
  if (!(await move(db, held, { note: toJson(note) }))) throw lostPiece();
}

async function holds(db: Connection, { run, stage, piece, holder, fence }: HeldPiece): Promise<boolean> {
  const row = await db
    .selectFrom('run_pieces')
    .select(['status', 'holder', 'fence'])
    .where('run', '=', run)
    .where('stage', '=', stage)
    .where('piece', '=', piece)
    .executeTakeFirst();
  return row?.status === 'taken' && row.holder === holder && row.fence === fence;
}

async function standing(
  db: Connection,
  run: string,
  stage: string | null,
): Promise<readonly PieceStanding[]> {
  const rows = await chosen(db, run, stage)
    .select(['run', 'stage', 'piece', 'status', 'holder', 'fence', 'expires_at', 'done', 'total'])
    .execute();
  return rows.map(({ expires_at: expiresAt, ...row }) => ({ ...row, expiresAt }));
}

async function list(db: Connection, run: string, stage: string | null): Promise<readonly StoredPiece[]> {
  return (await chosen(db, run, stage).selectAll().execute()).map(pieceOf);
}

function chosen(db: Connection, run: string, stage: string | null) {
  const all = db.selectFrom('run_pieces').where('run', '=', run).orderBy('position');
  return stage === null ? all : all.where('stage', '=', stage);
}

type Row = Omit<RunPieceTable, 'position'>;

function pieceOf({ expires_at: expiresAt, ...row }: Row & { readonly position?: unknown }): StoredPiece {
  const { position: _, ...piece } = row;
  return {
    ...piece,
    expiresAt,
    task: JSON.parse(row.task),
    note: JSON.parse(row.note),
    result: JSON.parse(row.result),
  };
}
