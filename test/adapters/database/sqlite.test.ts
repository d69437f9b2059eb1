import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { DatabaseClient } from '../../../src/adapters/database/client.js';
import { openDatabase } from '../../../src/adapters/database/open.js';

/** Takes a few milliseconds, whatever the machine. */
const SLOW = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select max(i) from n`;
const STATEMENTS = 60;

describe('a long transaction in SQLite', () => {
  let client: DatabaseClient<object>;
  beforeEach(async () => {
    client = await openDatabase({ kind: 'sqlite', file: ':memory:' }, { versions: 'versions', list: [] });
  });
  afterEach(() => client.close());

  it('gives others a turn between its statements', async () => {
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    await client.write('long', async (db) => {
      for (let nth = 0; nth < STATEMENTS; nth += 1) await SLOW.execute(db);
    });
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});
