import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import type { StateStore } from '../../../../src/ports/state-store.js';
import { aRow } from '../../../contracts/state-store/builders.js';
import { stateStoreContract } from '../../../contracts/state-store.js';
import { type APostgres, aPostgres, describeWith } from '../../../support/services.js';
import { emptied } from './emptied.js';
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

  it('keeps every row that one process saves while another ends a full read', async () => {
    await emptied(database, SCHEMA);
    const [reader, other] = [await openState(database), await openState(database)];
    const rows = Array.from({ length: 40 }, (_, n) => aRow(`C${n}`, 'A1'));
    await reader.rows.save('case', rows);
    for (let round = 0; round < 15; round += 1) {
      await reader.rows.beginFull('case', `m${round}`);
      // Before the end they count as seen, after it they are written anew: either way they are there.
      await Promise.all([other.rows.save('case', rows), reader.rows.endFull('case', `m${round}`)]);
      expect(await reader.rows.count('case')).toBe(40);
    }
    await Promise.all([reader.close(), other.close()]);
  });

  describe('the contract', () => {
    let store: StateStore;
    beforeAll(async () => {
      store = await openState(database);
    });
    afterAll(() => store.close());

    /** Connecting anew would take most of the time of each. */
    stateStoreContract('postgres', async () => {
      await emptied(database, SCHEMA);
      return { ...store, close: async () => {} };
    });
  });
});

const SCHEMA = 'truenorth_test';

const openState = ({ url }: APostgres) => openSqlState({ kind: 'postgres', url, schema: SCHEMA }, silentLog);

const NARROW = `select table_name, column_name from information_schema.columns
  where table_schema = $1 and data_type in ('integer', 'smallint', 'real')`;

const LINGUISTIC = `select table_name, column_name from information_schema.columns
  where table_schema = $1 and data_type = 'text' and collation_name is distinct from 'C'`;
