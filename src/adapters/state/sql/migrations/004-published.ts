import type { DatabaseDialect } from '../../../database/dialect.js';
import type { Connection } from '../schema.js';

/** What the CRM is known to hold of our own records, and which decisions were told there. */
export async function published(db: Connection, { keyText }: DatabaseDialect): Promise<void> {
  await db.schema
    .createTable('published')
    .addColumn('kind', keyText, (column) => column.notNull())
    .addColumn('key', keyText, (column) => column.notNull())
    .addColumn('content', keyText, (column) => column.notNull())
    .addColumn('day', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('published_key', ['kind', 'key'])
    .execute();
  await db.schema
    .alterTable('ledger')
    .addColumn('told', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('ledger_told').on('ledger').columns(['told', 'status', 'key']).execute();
}
