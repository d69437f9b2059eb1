import type { DatabaseDialect } from '../../../database/dialect.js';
import { type Connection, rowTable } from '../schema.js';
import { rowTables } from './001-first-schema.js';

/** Judgements of people about the health of an account. */
export async function pulseRows(db: Connection, dialect: DatabaseDialect): Promise<void> {
  for (const statement of rowTables(rowTable('pulse'), dialect)) await statement.execute(db);
}
