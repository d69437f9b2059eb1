import type { ServiceStore, UsageReading } from '../../../../ports/service-store.js';
import { batches, lastOfEach } from '../batches.js';
import { toJson } from '../convert.js';
import type { ServiceClient } from './client.js';
import type { ServiceConnection, UsageTable } from './schema.js';

export function usageStore(client: ServiceClient): ServiceStore['usage'] {
  return {
    add: (readings) => client.write('usage.add', (db) => addReadings(db, readings)),
    waiting: (limit) => client.read('usage.waiting', (db) => waiting(db, limit)),
    taken: (readings) => client.write('usage.taken', (db) => taken(db, readings)),
    count: () =>
      client.read('usage.count', async (db) => {
        const row = await db
          .selectFrom('service_usage')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('reading', 'is not', null)
          .executeTakeFirstOrThrow();
        return row.count;
      }),
    prune: (before) =>
      client.write('usage.prune', async (db) => {
        const gone = await db
          .deleteFrom('service_usage')
          .where('received_at', '<', before)
          .where('reading', 'is', null)
          .executeTakeFirst();
        return Number(gone.numDeletedRows);
      }),
  };
}

/** New ones first, which tells how many they are; then those that wait already are replaced, where there are any. */
async function addReadings(db: ServiceConnection, readings: readonly UsageReading[]): Promise<number> {
  let added = 0;
  for (const batch of batches(lastOfEach(readings, keyOf), 5)) {
    const rows = batch.map(usageRow);
    const fresh = await insertNew(db, rows);
    if (fresh < batch.length) await replaceWaiting(db, rows);
    added += fresh;
  }
  return added;
}

type NewUsage = Omit<UsageTable, 'position'>;

async function insertNew(db: ServiceConnection, rows: readonly NewUsage[]): Promise<number> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('service_usage')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['source', 'id']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0);
}

async function replaceWaiting(db: ServiceConnection, rows: readonly NewUsage[]): Promise<void> {
  await db
    .insertInto('service_usage')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'id'])
        .doUpdateSet((eb) => ({
          account: eb.ref('excluded.account'),
          reading: eb.ref('excluded.reading'),
        }))
        .where('service_usage.reading', 'is not', null),
    )
    .execute();
}

async function waiting(db: ServiceConnection, limit: number): Promise<readonly UsageReading[]> {
  const rows = await db
    .selectFrom('service_usage')
    .selectAll()
    .where('reading', 'is not', null)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(({ source, id, account, reading, received_at }) => ({
    source,
    id,
    account,
    values: JSON.parse(reading ?? '{}'),
    receivedAt: received_at,
  }));
}

async function taken(
  db: ServiceConnection,
  readings: readonly Pick<UsageReading, 'source' | 'id'>[],
): Promise<void> {
  const bySource = Map.groupBy(readings, ({ source }) => source);
  for (const [source, ofSource] of bySource)
    for (const batch of batches(
      ofSource.map(({ id }) => id),
      1,
    ))
      await db
        .updateTable('service_usage')
        .set({ reading: null })
        .where('source', '=', source)
        .where('id', 'in', batch)
        .execute();
}

function keyOf({ source, id }: Pick<UsageReading, 'source' | 'id'>): string {
  return JSON.stringify([source, id]);
}

function usageRow({ source, id, account, values, receivedAt }: UsageReading): NewUsage {
  return { source, id, account, reading: toJson(values), received_at: receivedAt };
}
