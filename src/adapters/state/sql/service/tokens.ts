import type { ServiceStore } from '../../../../ports/service-store.js';
import type { ServiceClient } from './client.js';
import { tokenOf, tokenRow } from './schema.js';

export function tokenStore(client: ServiceClient): ServiceStore['tokens'] {
  return {
    save: (token) =>
      client.write('tokens.save', async (db) => {
        const { id, ...rest } = tokenRow(token);
        await db
          .insertInto('service_tokens')
          .values({ id, ...rest })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
          .execute();
      }),
    byHash: (hash) =>
      client.read('tokens.byHash', async (db) => {
        const row = await db
          .selectFrom('service_tokens')
          .selectAll()
          .where('hash', '=', hash)
          .executeTakeFirst();
        return row ? tokenOf(row) : null;
      }),
    list: () =>
      client.read('tokens.list', async (db) => {
        const rows = await db
          .selectFrom('service_tokens')
          .selectAll()
          .orderBy('created_at')
          .orderBy('id')
          .execute();
        return rows.map(tokenOf);
      }),
    used: (id, at) =>
      client.write('tokens.used', async (db) => {
        await db.updateTable('service_tokens').set({ last_used_at: at }).where('id', '=', id).execute();
      }),
    revoke: (id, at) =>
      client.write('tokens.revoke', async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('service_tokens')
          .set({ revoked_at: at })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
  };
}
