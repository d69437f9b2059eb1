import type { Published, PublishedStore } from '../../../ports/state-store.js';
import { batches, pagesOf } from '../../database/batches.js';
import type { StateClient } from './client.js';
import type { Connection } from './schema.js';

export function publishedStore(client: StateClient): PublishedStore {
  return {
    of: (kind, keys) => client.read('published.of', (db) => contentsOf(db, kind, keys)),
    set: (kind, published) => client.write('published.set', (db) => setContents(db, kind, published)),
    remove: (kind, keys) => client.write('published.remove', (db) => removeKeys(db, kind, keys)),
    list: (kind, pageSize) =>
      pagesOf<Published>(
        (last) =>
          client.read('published.list', (db) =>
            db
              .selectFrom('published')
              .select(['key', 'content', 'day'])
              .where('kind', '=', kind)
              .where('key', '>', last?.key ?? '')
              .orderBy('key')
              .limit(pageSize)
              .execute(),
          ),
        pageSize,
      ),
    prune: (kind, before) =>
      client.write('published.prune', async (db) => {
        const gone = await db
          .deleteFrom('published')
          .where('kind', '=', kind)
          .where('day', '<', before)
          .returning('key')
          .execute();
        return gone.length;
      }),
  };
}

async function contentsOf(
  db: Connection,
  kind: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const batch of batches(keys, 1)) {
    const rows = await db
      .selectFrom('published')
      .select(['key', 'content'])
      .where('kind', '=', kind)
      .where('key', 'in', batch)
      .execute();
    for (const { key, content } of rows) found.set(key, content);
  }
  return found;
}

async function setContents(db: Connection, kind: string, published: readonly Published[]): Promise<void> {
  const rows = [...new Map(published.map((one) => [one.key, { kind, ...one }])).values()];
  for (const batch of batches(rows, 4)) {
    await db
      .insertInto('published')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['kind', 'key']).doUpdateSet((eb) => ({
          content: eb.ref('excluded.content'),
          day: eb.ref('excluded.day'),
        })),
      )
      .execute();
  }
}

async function removeKeys(db: Connection, kind: string, keys: readonly string[]): Promise<void> {
  for (const batch of batches(keys, 1)) {
    await db.deleteFrom('published').where('kind', '=', kind).where('key', 'in', batch).execute();
  }
}
