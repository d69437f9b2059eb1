import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import type { StateStore } from '../../../../src/ports/state-store.js';
import { anAccount, aRow } from '../../../contracts/state-store/builders.js';
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

  it('lets whoever takes a piece over wait for a write that has begun, and keeps none that comes after', async () => {
    await emptied(database, SCHEMA);
    const [asleep, awake] = [await openState(database), await openState(database)];
    const name = { run: 'r1', stage: 'assess', piece: '1' };
    await awake.pieces.plan('r1', 'assess', [{ piece: '1', task: null }]);
    for (let round = 0; round < 25; round += 1) {
      const first = await asleep.pieces.take(name, 'asleep', 10 * round, 5);
      const slept = asleep.whileHeld({ ...name, holder: 'asleep', fence: first?.fence ?? 0 });
      const page = Array.from({ length: 20 }, (_, n) => aRow(`C${n}`, 'A1', { by: 'asleep', round }));
      const late = slept.rows.save('case', page).then(
        () => 'kept',
        ({ code }) => code,
      );
      const taken = await awake.pieces.take(name, 'awake', 10 * round + 5, 5);
      const held = { ...name, holder: 'awake', fence: taken?.fence ?? 0 };
      const mine = page.map((row) => ({ ...row, values: { by: 'awake', round } }));
      await awake.whileHeld(held).rows.save('case', mine);
      expect(['kept', 'RUN_PIECE_LOST']).toContain(await late);
      const [bundle] = await caseBundles(awake);
      expect(bundle?.map(({ values }) => values)).toEqual(mine.map(({ values }) => values));
      await awake.pieces.release(held);
    }
    await Promise.all([asleep.close(), awake.close()]);
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

const caseBundles = async (store: StateStore) => {
  await store.rows.save('account', [anAccount('A1')]);
  return (await store.assessments.bundlesOf(['A1'])).map(({ rows }) => rows.case);
};

const openState = ({ url }: APostgres) => openSqlState({ kind: 'postgres', url, schema: SCHEMA }, silentLog);

const NARROW = `select table_name, column_name from information_schema.columns
  where table_schema = $1 and data_type in ('integer', 'smallint', 'real')`;

const LINGUISTIC = `select table_name, column_name from information_schema.columns
  where table_schema = $1 and data_type = 'text' and collation_name is distinct from 'C'`;
