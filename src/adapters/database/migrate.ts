import { sql, type Transaction } from 'kysely';
import { IntegrationError } from '../../ports/errors.js';
import type { DatabaseClient } from './client.js';
import type { DatabaseDialect } from './dialect.js';

export type Migration<Tables> = (db: Transaction<Tables>, dialect: DatabaseDialect) => Promise<void>;

/** Forward only; the place in the list is the version. Never edit one that was released. */
export interface Migrations<Tables> {
  /** Table that holds the versions that were reached: one for each set of tables. */
  readonly versions: string;
  readonly list: readonly Migration<Tables>[];
}

/** Brings the tables up to date in one transaction; refuses a database that is ahead of us. */
export async function migrate<Tables>(
  client: DatabaseClient<Tables>,
  { versions, list }: Migrations<Tables>,
): Promise<void> {
  const table = sql.table(versions);
  await client.changeTables('open', async (db) => {
    await sql`create table if not exists ${table} (version bigint)`.execute(db);
    const reached = await sql<{
      version: number | null;
    }>`select max(version) as version from ${table}`.execute(db);
    const found = reached.rows[0]?.version ?? 0;
    if (found > list.length) throw newerError(client.dialect.where, found, list.length);
    for (const [index, apply] of list.entries()) {
      if (index < found) continue;
      await apply(db, client.dialect);
      await sql`insert into ${table} (version) values (${index + 1})`.execute(db);
    }
  });
}

function newerError(where: string, found: number, known: number): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'STATE_NEWER',
    message: `The state in ${where} was written by a newer Truenorth (schema ${found}; this one knows ${known}).`,
    actions: [
      'Run the newer version again.',
      'To go back, restore the state from a backup of that time, or choose another folder with --dir.',
    ],
    retryable: false,
    provider: 'state',
    operation: 'open',
  });
}
