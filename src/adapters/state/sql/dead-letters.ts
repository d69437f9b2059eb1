import type { DeadLetter, DeadLetterStore } from '../../../ports/state-store.js';
import { batches } from '../../database/batches.js';
import { markChanged } from './changed.js';
import type { StateClient } from './client.js';
import { toJson } from './convert.js';
import type { Connection } from './schema.js';

export function deadLetterStore(client: StateClient): DeadLetterStore {
  return {
    add: (letters) => client.write('deadLetters.add', (db) => addLetters(db, letters)),
    list: (limit) => client.read('deadLetters.list', (db) => listLetters(db, limit)),
    count: () => client.read('deadLetters.count', countLetters),
    waiting: (records) => client.read('deadLetters.waiting', (db) => waiting(db, records)),
    known: (ids) => client.read('deadLetters.known', (db) => known(db, ids)),
    resolve: (records) => client.write('deadLetters.resolve', (db) => resolve(db, records)),
    retry: (ids) => client.write('deadLetters.retry', (db) => retry(db, ids)),
    discard: (ids) => client.write('deadLetters.discard', (db) => discard(db, ids)),
  };
}

/** A record waits with one letter: the same content again is another attempt, new content starts afresh. */
async function addLetters(db: Connection, letters: Parameters<DeadLetterStore['add']>[0]): Promise<void> {
  for (const letter of letters) {
    const { object, record, refusal, ...rest } = letter;
    const row = { ...rest, refusal: toJson(refusal) };
    await db
      .insertInto('dead_letters')
      .values({ object, record, ...row, attempts: 1 })
      .onConflict((conflict) =>
        conflict.columns(['record', 'object']).doUpdateSet((eb) => {
          const again = eb('dead_letters.content', '=', letter.content);
          return {
            ...row,
            id: eb.case().when(again).then(eb.ref('dead_letters.id')).else(letter.id).end(),
            attempts: eb
              .case()
              .when(again)
              .then(eb('dead_letters.attempts', '+', 1))
              .else(1)
              .end(),
          };
        }),
      )
      .execute();
  }
}

async function listLetters(db: Connection, limit: number): Promise<readonly DeadLetter[]> {
  const rows = await db
    .selectFrom('dead_letters')
    .selectAll()
    .orderBy('day', 'desc')
    .orderBy('record')
    .orderBy('object')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, refusal: JSON.parse(row.refusal) }));
}

async function countLetters(db: Connection): Promise<number> {
  const row = await db
    .selectFrom('dead_letters')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function waiting(db: Connection, records: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const batch of batches(records, 1)) {
    const rows = await db
      .selectFrom('dead_letters')
      .select(['record', 'content'])
      .where('record', 'in', batch)
      .orderBy('day')
      .orderBy('object')
      .execute();
    for (const row of rows) found.set(row.record, row.content);
  }
  return found;
}

async function known(db: Connection, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const batch of batches(ids, 1)) {
    const rows = await db.selectFrom('dead_letters').select('id').where('id', 'in', batch).execute();
    for (const { id } of rows) found.add(id);
  }
  return found;
}

async function resolve(db: Connection, records: readonly string[]): Promise<void> {
  for (const batch of batches(records, 1)) {
    await db.deleteFrom('dead_letters').where('record', 'in', batch).execute();
  }
}

async function retry(db: Connection, ids: readonly string[] | 'all'): Promise<number> {
  const all = db.deleteFrom('dead_letters').returning('account');
  const queries = ids === 'all' ? [all] : [...batches(ids, 1)].map((batch) => all.where('id', 'in', batch));
  let taken = 0;
  for (const query of queries) {
    const letters = await query.execute();
    await markChanged(
      db,
      letters.map((letter) => letter.account),
    );
    taken += letters.length;
  }
  return taken;
}

async function discard(db: Connection, ids: readonly string[]): Promise<number> {
  let gone = 0;
  for (const batch of batches(ids, 1)) {
    const { numDeletedRows } = await db
      .deleteFrom('dead_letters')
      .where('id', 'in', batch)
      .executeTakeFirst();
    gone += Number(numDeletedRows);
  }
  return gone;
}
