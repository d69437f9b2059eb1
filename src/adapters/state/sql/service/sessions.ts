import type { ConsoleSession, ServiceStore } from '../../../../ports/service-store.js';
import type { ServiceClient } from './client.js';
import type { SessionTable } from './schema.js';

export function sessionStore(client: ServiceClient): ServiceStore['sessions'] {
  return {
    save: (session) =>
      client.write('sessions.save', async (db) => {
        const { hash, ...rest } = sessionRow(session);
        await db
          .insertInto('service_sessions')
          .values({ hash, ...rest })
          .onConflict((conflict) => conflict.column('hash').doUpdateSet(rest))
          .execute();
      }),
    get: (hash, now) =>
      client.read('sessions.get', async (db) => {
        const row = await db
          .selectFrom('service_sessions')
          .selectAll()
          .where('hash', '=', hash)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        return row ? sessionOf(row) : null;
      }),
    end: (hash) =>
      client.write('sessions.end', async (db) => {
        await db.deleteFrom('service_sessions').where('hash', '=', hash).execute();
      }),
    endAll: (user) =>
      client.write('sessions.endAll', async (db) => {
        await db.deleteFrom('service_sessions').where('user_name', '=', user).execute();
      }),
    prune: (now) =>
      client.write('sessions.prune', async (db) => {
        const gone = await db
          .deleteFrom('service_sessions')
          .where('expires_at', '<=', now)
          .executeTakeFirst();
        return Number(gone.numDeletedRows);
      }),
  };
}

function sessionRow({ user, startedAt, expiresAt, ...same }: ConsoleSession): SessionTable {
  return { ...same, user_name: user, started_at: startedAt, expires_at: expiresAt };
}

function sessionOf({ user_name, started_at, expires_at, ...same }: SessionTable): ConsoleSession {
  return { ...same, user: user_name, startedAt: started_at, expiresAt: expires_at };
}
