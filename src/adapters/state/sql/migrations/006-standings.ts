import type { DatabaseDialect } from '../../../database/dialect.js';
import type { Connection } from '../schema.js';

/** How each account stands, beside its assessment: lists and counts must not read through whole documents. */
export async function standings(db: Connection, { keyText }: DatabaseDialect): Promise<void> {
  for (const column of ['score', 'band_since', 'tier_since', 'coverage'])
    await db.schema.alterTable('assessments').addColumn(column, 'bigint').execute();
  for (const column of ['band', 'tier'])
    await db.schema.alterTable('assessments').addColumn(column, keyText).execute();
  await db.schema
    .createIndex('assessments_by_band')
    .on('assessments')
    .columns(['band', 'band_since', 'account'])
    .execute();
}
