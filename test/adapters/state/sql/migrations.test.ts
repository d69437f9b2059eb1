import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { createClient } from '../../../../src/adapters/database/client.js';
import { sqliteDialect } from '../../../../src/adapters/database/sqlite.js';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import { firstSchema } from '../../../../src/adapters/state/sql/migrations/001-first-schema.js';
import { lookUps } from '../../../../src/adapters/state/sql/migrations/002-look-ups.js';
import type { StateTables } from '../../../../src/adapters/state/sql/schema.js';
import { RECORD_KINDS } from '../../../../src/domain/facts/record.js';
import { aLedgerEntry, anAccount, aRow, everything, TODAY } from '../../../contracts/state-store/builders.js';
import { silentLog } from './silent-log.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'truenorth-state-'));
  file = join(folder, 'state.sqlite');
  await makeSecondSchema();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A state as version 2 left it: with a row, and a ledger that knows no contact, sender or moment. */
async function makeSecondSchema(): Promise<void> {
  const client = createClient<StateTables>(sqliteDialect({ file, busyTimeoutMs: 50 }));
  await client.write('open', async (db) => {
    await db.schema.createTable('schema_versions').addColumn('version', 'integer').execute();
    await firstSchema(db, client.dialect);
    await lookUps(db, client.dialect);
    await db
      .insertInto('schema_versions')
      .values([{ version: 1 }, { version: 2 }])
      .execute();
  });
  await client.close();
  onFile((database) => {
    database.prepare(`insert into rows_case values ('A1', 'C1', 1, 0, null, null, '{"csat":3}')`).run();
    const write = database.prepare(`insert into ledger values
      (?, 'e1', 'mail', 'p1', 'A1', 'start', 'hubspot-list', '17', ?, null, 'h', '9', ?, 'r1')`);
    write.run('k1', 'enrolled', TODAY);
    write.run('k2', 'intended', TODAY - 1);
  });
}

function onFile<T>(work: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const rowTables = () =>
  onFile((database) =>
    database
      .prepare(`select name from sqlite_master where type = 'table' and name like 'rows_%' order by name`)
      .pluck()
      .all(),
  );

describe('a state of schema version 2', () => {
  it('had tables for the kinds of its time, whatever kinds there are now', async () => {
    const then = ['account', 'activity', 'case', 'contact', 'opportunity', 'survey', 'usage'];
    expect(rowTables()).toEqual(then.map((kind) => `rows_${kind}`));
    await (await openSqlState({ kind: 'sqlite', file }, silentLog)).close();
    expect(rowTables()).toEqual([...RECORD_KINDS].sort().map((kind) => `rows_${kind}`));
  });

  it('keeps its rows and takes those of the new kinds', async () => {
    const store = await openSqlState({ kind: 'sqlite', file }, silentLog);
    await store.rows.save('account', [anAccount('A1')]);
    for (const kind of ['request', 'engagement', 'task'] as const)
      await store.rows.save(kind, [aRow(`${kind} 1`, 'A1')]);
    const rows = (await store.assessments.bundle('A1'))?.rows;
    expect(rows).toEqual({
      case: [{ ...aRow('C1', 'A1'), values: { csat: 3 } }],
      request: [aRow('request 1', 'A1')],
      engagement: [aRow('engagement 1', 'A1')],
      task: [aRow('task 1', 'A1')],
    });
    await store.close();
  });

  it('keeps its ledger: one touch on the day, at its first moment, of nobody known as a contact', async () => {
    const store = await openSqlState({ kind: 'sqlite', file }, silentLog);
    const earlier = { evidence: 'h', recordId: '9', contact: null, sender: null };
    const entries = [
      aLedgerEntry('k2', {
        ...earlier,
        day: TODAY - 1,
        touchDays: [TODAY - 1],
        busyUntil: TODAY - 1,
        at: (TODAY - 1) * 86_400_000,
      }),
      aLedgerEntry('k1', { ...earlier, status: 'enrolled', at: TODAY * 86_400_000 }),
    ];
    expect(await store.ledger.ofPerson('p1')).toEqual(entries);
    expect(await everything(store.ledger.open(9))).toEqual([entries[0]]);
    await store.ledger.write([aLedgerEntry('k1', { status: 'refused' }), aLedgerEntry('k2', { made: 'm' })]);
    expect(await store.ledger.ofEpisodes(['e1'])).toEqual([entries[1], aLedgerEntry('k2', { made: 'm' })]);
    await store.close();
  });

  it('is brought up to date only once', async () => {
    for (const _ of [1, 2]) await (await openSqlState({ kind: 'sqlite', file }, silentLog)).close();
    const versions = onFile((database) =>
      database.prepare('select version from schema_versions order by version').pluck().all(),
    );
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
