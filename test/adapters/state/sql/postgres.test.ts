import { afterAll, beforeAll } from '@jest/globals';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import { stateStoreContract } from '../../../contracts/state-store.js';
import { type APostgres, aPostgres, describeWith } from '../../../support/services.js';
import { silentLog } from './silent-log.js';

describeWith('postgres')('PostgreSQL', () => {
  let database: APostgres;
  beforeAll(async () => {
    database = await aPostgres();
  });
  afterAll(() => database.stop());

  stateStoreContract('postgres', async () => {
    await emptied(database, SCHEMA);
    return openSqlState({ kind: 'postgres', url: database.url, schema: SCHEMA }, silentLog);
  });
});

const SCHEMA = 'truenorth_test';

/** Making the tables anew would take most of the time. */
async function emptied(database: APostgres, schema: string): Promise<void> {
  await database.admin(`do $$ declare name text; begin
    for name in select table_name from information_schema.tables
      where table_schema = '${schema}' and table_name <> 'schema_versions'
    loop execute format('delete from %I.%I', '${schema}', name); end loop;
  end $$`);
}
