import type { StateClient } from './client.js';
import type { StateDialect } from './dialect.js';
import { newerStateError } from './errors.js';
import { firstSchema } from './migrations/001-first-schema.js';
import { lookUps } from './migrations/002-look-ups.js';
import { episodesAndPersons } from './migrations/003-episodes-and-persons.js';
import { published } from './migrations/004-published.js';
import { pulseRows } from './migrations/005-pulse-rows.js';
import { standings } from './migrations/006-standings.js';
import { runPieces } from './migrations/007-run-pieces.js';
import type { Connection } from './schema.js';

type Migration = (db: Connection, dialect: StateDialect) => Promise<void>;

/** Forward only; the place in the list is the schema version. Never edit one that was released. */
const MIGRATIONS: readonly Migration[] = [
  firstSchema,
  lookUps,
  episodesAndPersons,
  published,
  pulseRows,
  standings,
  runPieces,
];

/** Brings the schema up to date in one transaction; refuses a database that is ahead of us. */
export async function migrate(client: StateClient, where: string): Promise<void> {
  await client.write('open', async (db) => {
    await db.schema.createTable('schema_versions').ifNotExists().addColumn('version', 'integer').execute();
    const found = await schemaVersion(db);
    if (found > MIGRATIONS.length) throw newerStateError(where, found, MIGRATIONS.length);
    for (const [index, apply] of MIGRATIONS.entries()) {
      if (index < found) continue;
      await apply(db, client.dialect);
      await db
        .insertInto('schema_versions')
        .values({ version: index + 1 })
        .execute();
    }
  });
}

async function schemaVersion(db: Connection): Promise<number> {
  const row = await db
    .selectFrom('schema_versions')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}
