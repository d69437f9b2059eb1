import { afterAll, beforeAll, expect, it } from '@jest/globals';
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

  it('compares every text byte by byte, and takes every whole number that JavaScript has', async () => {
    await (await openState(database)).close();
    expect(await database.admin(LINGUISTIC, [SCHEMA])).toEqual([]);
    expect(await database.admin(NARROW, [SCHEMA])).toEqual([]);
  });

  stateStoreContract('postgres', async () => {
    await emptied(database, SCHEMA);
    return openState(database);
  });
});

const SCHEMA = 'truenorth_test';

const openState = ({ url }: APostgres) => openSqlState({ kind: 'postgres', url, schema: SCHEMA }, silentLog);

const NARROW = `select table_name, column_name from information_schema.columns
  where table_schema = $1 and data_type in ('integer', 'smallint', 'real')`;

const LINGUISTIC = `select table_name, column_name from information_schema.columns
  where table_schema = $1 and data_type = 'text' and collation_name is distinct from 'C'`;

/** Making the tables anew would take most of the time. */
async function emptied(database: APostgres, schema: string): Promise<void> {
  await database.admin(`do $$ declare name text; begin
    for name in select table_name from information_schema.tables
      where table_schema = '${schema}' and table_name <> 'schema_versions'
    loop execute format('delete from %I.%I', '${schema}', name); end loop;
  end $$`);
}
