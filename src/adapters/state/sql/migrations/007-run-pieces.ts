import { sql } from 'kysely';
import type { DatabaseDialect } from '../../../database/dialect.js';
import type { Connection } from '../schema.js';

/** The pieces in which a run is done, and what a run needs to be gone on with. */
export async function runPieces(db: Connection, { keyText, serial }: DatabaseDialect): Promise<void> {
  await sql`create table run_pieces (
    position ${serial}, run ${keyText} not null, stage ${keyText} not null, piece ${keyText} not null,
    task ${keyText} not null, status ${keyText} not null, holder ${keyText}, fence bigint not null,
    expires_at double precision not null, done bigint not null, total bigint, note ${keyText} not null,
    result ${keyText} not null, unique (run, stage, piece))`.execute(db);
  const columns = { trigger: "'cli'", trace: "''", fixed: "'null'" };
  for (const [name, otherwise] of Object.entries(columns))
    await sql`alter table runs add column ${sql.ref(name)} ${keyText} not null default ${sql.raw(otherwise)}`.execute(
      db,
    );
}
