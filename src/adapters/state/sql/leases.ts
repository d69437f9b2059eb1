import type { LeaseStore } from '../../../ports/state-store.js';
import type { StateClient } from './client.js';
import type { LeaseTable } from './schema.js';

export function leaseStore(client: StateClient): LeaseStore {
  return {
    take: (name, holder, now, ttlMs) =>
      take(client, { name, holder, fence: 1, expires_at: now + ttlMs }, now),
    renew: async (name, holder, fence, now, ttlMs) =>
      (await move(client, { name, holder, fence, expires_at: now + ttlMs })) === 1,
    release: async (name, holder, fence) => {
      await move(client, { name, holder, fence, expires_at: 0 });
    },
    holder: (name) =>
      client.read('leases.holder', async (db) => {
        const row = await db
          .selectFrom('leases')
          .select(['holder', 'fence', 'expires_at as expiresAt'])
          .where('name', '=', name)
          .where('expires_at', '>', 0)
          .executeTakeFirst();
        return row ?? null;
      }),
  };
}

/** One statement decides: of two takers, the second finds the lease taken. */
async function take(client: StateClient, wanted: LeaseTable, now: number): ReturnType<LeaseStore['take']> {
  return client.write('leases.take', async (db) => {
    const row = await db
      .insertInto('leases')
      .values(wanted)
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet((eb) => ({
            holder: wanted.holder,
            expires_at: wanted.expires_at,
            fence: eb('leases.fence', '+', 1),
          }))
          .where('leases.expires_at', '<=', now),
      )
      .returning('fence')
      .executeTakeFirst();
    return row ?? null;
  });
}

/** Only the holder of the newest fence moves the end; a released lease (its end is 0) is nobody's. */
async function move(client: StateClient, lease: LeaseTable): Promise<number> {
  return client.write('leases.move', async (db) => {
    const moved = await db
      .updateTable('leases')
      .set({ expires_at: lease.expires_at })
      .where('name', '=', lease.name)
      .where('holder', '=', lease.holder)
      .where('fence', '=', lease.fence)
      .where('expires_at', '>', 0)
      .executeTakeFirst();
    return Number(moved.numUpdatedRows);
  });
}
