import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMemoryState } from '../../../../src/adapters/state/memory/index.js';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import type { StateStore } from '../../../../src/ports/state-store.js';
import { type APostgres, aPostgres, describeWith } from '../../../support/services.js';
import { emptied } from './emptied.js';
import { operation } from './random-writes.js';
import { seen } from './seen.js';
import { silentLog } from './silent-log.js';

async function answersLikeMemory(open: () => Promise<StateStore>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 25 }), async (operations) => {
      const memory = openMemoryState();
      const sql = await open();
      for (const apply of operations) expect(await apply(sql)).toEqual(await apply(memory));
      expect(await seen(sql)).toEqual(await seen(memory));
      await sql.close();
    }),
    { numRuns },
  );
}

it('SQLite answers like the store in memory after any sequence of writes', () =>
  answersLikeMemory(() => openSqlState({ kind: 'sqlite', file: ':memory:' }, silentLog), 60));

describeWith('postgres')('PostgreSQL', () => {
  let database: APostgres;
  beforeAll(async () => {
    database = await aPostgres();
  });
  afterAll(() => database.stop());

  it('answers like the store in memory, too', () =>
    answersLikeMemory(async () => {
      const schema = 'truenorth_test';
      await emptied(database, schema);
      return openSqlState({ kind: 'postgres', url: database.url, schema }, silentLog);
    }, 15));
});
