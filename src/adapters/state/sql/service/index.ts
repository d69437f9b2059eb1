import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Log } from '../../../../ports/log.js';
import type { ServiceStore } from '../../../../ports/service-store.js';
import { createClient, type StateClient } from '../client.js';
import { type StateDialect, sqliteDialect, sqliteFault } from '../dialect.js';
import { stateError } from '../errors.js';
import { auditStore } from './audit.js';
import { deliveryStore } from './deliveries.js';
import { migrateService } from './migrations.js';
import { sessionStore } from './sessions.js';
import { tokenStore } from './tokens.js';
import { usageStore } from './usage.js';
import { userStore } from './users.js';

export interface SqlServiceStoreOptions {
  /** Path of the SQLite file, made with its folder when missing; `:memory:` lasts as long as the store. */
  readonly file: string;
  readonly log: Log;
  /** How long to wait for another process that is writing, in milliseconds; 2,000 unless told: its writes are short. */
  readonly busyTimeoutMs?: number;
}

/** Opens the service's own SQLite file, so that it never waits for a run. Throws only `IntegrationError`. */
export async function openSqlServiceStore(options: SqlServiceStoreOptions): Promise<ServiceStore> {
  const where = options.file === ':memory:' ? options.file : resolve(options.file);
  const store = await serviceStoreOn(
    createClient(openDialect(where, options.busyTimeoutMs ?? 2_000), where),
    where,
  );
  options.log.debug('service store opened', { file: where });
  return store;
}

/** The store in a database that is open already; its tables are made or brought up to date. Closes the client with itself. */
export async function serviceStoreOn(client: StateClient, where: string): Promise<ServiceStore> {
  try {
    const service = await migrateService(client, where);
    return {
      tokens: tokenStore(service),
      users: userStore(service),
      sessions: sessionStore(service),
      audit: auditStore(service),
      usage: usageStore(service),
      deliveries: deliveryStore(service),
      close: client.close,
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

function openDialect(where: string, busyTimeoutMs: number): StateDialect {
  try {
    if (where !== ':memory:') mkdirSync(dirname(where), { recursive: true });
    return sqliteDialect({ file: where, busyTimeoutMs });
  } catch (error) {
    throw stateError(error, 'open', { where, faultOf: sqliteFault });
  }
}
