import type { DatabaseDialect } from '../../../database/dialect.js';
import type { Connection } from '../schema.js';

/** Who is never written to again: all that is left of somebody who was forgotten. */
export async function forgottenPersons(db: Connection, { keyText }: DatabaseDialect): Promise<void> {
  await db.schema
    .createTable('forgotten_persons')
    .addColumn('person', keyText, (column) => column.primaryKey())
    .execute();
}
