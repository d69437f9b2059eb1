import type { KeepingStore, PersonTraces, TraceCounts } from '../../../ports/keeping-store.js';
import type { StateClient } from './client.js';
import { forgetIn, PLACES, tracesIn } from './forget.js';
import { pruneKind } from './prune.js';

export function keepingStore(client: StateClient): KeepingStore {
  return {
    prune: (kind, before, limit) =>
      client.write(`keeping.prune ${kind}`, (db) => pruneKind(db, kind, { before, limit })),
    traces: (who) => traces(client, who),
    forget: (who) => forget(client, who),
    compact: client.compact,
  };
}

async function traces(client: StateClient, who: PersonTraces): Promise<TraceCounts> {
  const counts: Record<string, number> = {};
  for (const place of PLACES) {
    const count = await client.read(`keeping.traces ${place.name}`, (db) => tracesIn(db, place, who));
    if (count > 0) counts[place.name] = count;
  }
  return counts;
}

/** Suppressed first: whatever is cut off after that, nobody writes to them. Each place is a transaction of its own. */
async function forget(client: StateClient, who: PersonTraces): Promise<TraceCounts> {
  const counts = await traces(client, who);
  await client.write('keeping.suppress', async (db) => {
    if (who.persons.length === 0) return;
    await db
      .insertInto('forgotten_persons')
      .values(who.persons.map((person) => ({ person })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  for (const place of PLACES)
    await client.write(`keeping.forget ${place.name}`, (db) => forgetIn(db, place, who));
  return counts;
}
