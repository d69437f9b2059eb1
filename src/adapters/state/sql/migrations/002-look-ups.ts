import { sql } from 'kysely';
import type { DatabaseDialect } from '../../../database/dialect.js';
import { type Connection, rowTable } from '../schema.js';

/** Dates by which a run sees how far a feed reaches: asked in every run, also in one that reads no row. */
const FEED_DATES = [
  { kind: 'usage', attribute: 'on' },
  { kind: 'survey', attribute: 'answeredOn' },
  { kind: 'activity', attribute: 'on' },
] as const;

/** What runs look up by something else than the order in which it is kept. */
export async function lookUps(db: Connection, { jsonNumber }: DatabaseDialect): Promise<void> {
  for (const { kind, attribute } of FEED_DATES) {
    const name = rowTable(kind);
    await sql`create index ${sql.ref(`${name}_by_date`)}
      on ${sql.table(name)} ((${jsonNumber('doc', attribute)}))`.execute(db);
  }
  await sql`create index ledger_by_person on ledger (playbook, person)`.execute(db);
  await sql`create index ledger_by_playbook on ledger (playbook, account)`.execute(db);
}
