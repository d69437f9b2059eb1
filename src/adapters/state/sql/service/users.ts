import type { ConsoleUser, ServiceStore } from '../../../../ports/service-store.js';
import type { ServiceClient } from './client.js';
import type { UserTable } from './schema.js';

export function userStore(client: ServiceClient): ServiceStore['users'] {
  return {
    save: (user) =>
      client.write('users.save', async (db) => {
        const { name, createdAt, ...same } = user;
        const rest = { ...same, created_at: createdAt };
        await db
          .insertInto('service_users')
          .values({ name, ...rest })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(rest))
          .execute();
      }),
    get: (name) =>
      client.read('users.get', async (db) => {
        const row = await db
          .selectFrom('service_users')
          .selectAll()
          .where('name', '=', name)
          .executeTakeFirst();
        return row ? userOf(row) : null;
      }),
    list: () =>
      client.read('users.list', async (db) =>
        (await db.selectFrom('service_users').selectAll().orderBy('name').execute()).map(userOf),
      ),
    remove: (name) =>
      client.write('users.remove', async (db) => {
        await db.deleteFrom('service_sessions').where('user_name', '=', name).execute();
        const gone = await db.deleteFrom('service_users').where('name', '=', name).executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
  };
}

function userOf({ created_at, ...same }: UserTable): ConsoleUser {
  return { ...same, createdAt: created_at };
}
