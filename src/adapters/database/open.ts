import { createClient, type DatabaseClient } from './client.js';
import type { DatabaseAddress, DatabaseDialect } from './dialect.js';
import { type Migrations, migrate } from './migrate.js';
import { postgresDialect } from './postgres.js';
import { sqliteDialect } from './sqlite.js';

/** A client for one set of tables, which are made or brought up to date. Throws only `IntegrationError`. */
export async function openDatabase<Tables>(
  address: DatabaseAddress,
  migrations: Migrations<Tables>,
): Promise<DatabaseClient<Tables>> {
  const client = createClient<Tables>(dialectFor(address, migrations.versions));
  try {
    await migrate(client, migrations);
  } catch (error) {
    await client.close().catch(() => undefined);
    throw error;
  }
  return client;
}

function dialectFor(address: DatabaseAddress, versions: string): DatabaseDialect {
  return address.kind === 'sqlite' ? sqliteDialect(address) : postgresDialect({ ...address, versions });
}
