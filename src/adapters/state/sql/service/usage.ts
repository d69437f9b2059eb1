import type { ServiceStore, UsageReading } from '../../../../ports/service-store.js';
import { batches, lastOfEach } from '../../../database/batches.js';
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

type Told = Awaited<ReturnType<ServiceStore['usage']['add']>>[number];

/** What each is follows from what is kept and from those before it; then each that says something is written, once. */
async function addReadings(
  db: ServiceConnection,
  readings: readonly UsageReading[],
): Promise<readonly Told[]> {
  const contents = new Map(await knownContents(db, readings));
  const told = readings.map((reading): Told => {
    const before = contents.get(keyOf(reading));
    contents.set(keyOf(reading), reading.content);
    if (before === undefined) return 'new';
    return before === reading.content ? 'known' : 'corrected';
  });
  await write(
    db,
    readings.filter((_, at) => told[at] !== 'known'),
  );
  return told;
}

async function knownContents(
  db: ServiceConnection,
  readings: readonly UsageReading[],
): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const [source, ids] of idsBySource(readings))
    for (const batch of batches(ids, 1)) {
      const rows = await db
        .selectFrom('service_usage')
        .select(['id', 'content'])
        .where('source', '=', source)
        .where('id', 'in', batch)
        .execute();
      found.push(...rows.map(({ id, content }) => [keyOf({ source, id }), content] as const));
    }
  return found;
}

async function write(db: ServiceConnection, readings: readonly UsageReading[]): Promise<void> {
  for (const batch of batches(lastOfEach(readings, keyOf), 6))
    await db
      .insertInto('service_usage')
      .values(batch.map(usageRow))
      .onConflict((conflict) =>
        conflict.columns(['source', 'id']).doUpdateSet((eb) => ({
          content: eb.ref('excluded.content'),
          account: eb.ref('excluded.account'),
          reading: eb.ref('excluded.reading'),
          received_at: eb.ref('excluded.received_at'),
        })),
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
  return rows.map(({ source, id, content, account, reading, received_at }) => ({
    source,
    id,
    content,
    account,
    values: JSON.parse(reading ?? '{}'),
    receivedAt: received_at,
  }));
}

type Taken = Parameters<ServiceStore['usage']['taken']>[0];

/** One that was corrected meanwhile has other content, and stays. */
async function taken(db: ServiceConnection, readings: Taken): Promise<void> {
  for (const { source, id, content } of readings)
    await db
      .updateTable('service_usage')
      .set({ reading: null })
      .where('source', '=', source)
      .where('id', '=', id)
      .where('content', '=', content)
      .execute();
}

function idsBySource(
  readings: readonly Pick<UsageReading, 'source' | 'id'>[],
): ReadonlyMap<string, readonly string[]> {
  const bySource = Map.groupBy(readings, ({ source }) => source);
  return new Map([...bySource].map(([source, of]) => [source, of.map(({ id }) => id)]));
}

function keyOf({ source, id }: Pick<UsageReading, 'source' | 'id'>): string {
  return JSON.stringify([source, id]);
}

function usageRow(reading: UsageReading): Omit<UsageTable, 'position'> {
  const { values, receivedAt, ...same } = reading;
  return { ...same, reading: toJson(values), received_at: receivedAt };
}
