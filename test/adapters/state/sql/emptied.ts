import type { APostgres } from '../../../support/services.js';

/** Tables without rows: making them anew for each test would take most of its time. */
export async function emptied(database: APostgres, schema: string): Promise<void> {
  await database.admin(`do $$ declare name text; begin
    for name in select table_name from information_schema.tables
      where table_schema = '${schema}' and table_name not like '%versions'
    loop execute format('delete from %I.%I', '${schema}', name); end loop;
  end $$`);
}
