import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DatabaseAddress } from '../../src/adapters/database/dialect.js';
import { aCompany, type Company } from '../support/company.js';
import { endState, keepPersonKey } from '../support/end-state.js';
import { startTruenorth } from '../support/real-process.js';
import { type APostgres, aPostgres, describeWith } from '../support/services.js';

describeWith('postgres')('a company whose state is in PostgreSQL', () => {
  let database: APostgres;
  let shared: Company;
  let alone: Company;
  let at: DatabaseAddress;
  beforeAll(async () => {
    database = await aPostgres();
    at = { kind: 'postgres', url: database.url, schema: 'truenorth_acme_eu' };
    [shared, alone] = await Promise.all([aCompany({ accounts: 60 }), aCompany({ accounts: 60 })]);
    appendFileSync(shared.envFile, `\nDATABASE_URL=${database.url}\nTRUENORTH_ORG=acme-eu\n`);
    for (const company of [shared, alone]) keepPersonKey(company.folder);
  });
  afterAll(async () => {
    await Promise.all([shared.close(), alone.close()]);
    await database.stop();
  });

  const run = async (company: Company, ...args: readonly string[]) => {
    const { exit, err, json } = await company.truenorth(...args, '--json');
    if (exit !== 0) throw new Error(`truenorth ${args.join(' ')} ended with ${exit}: ${err}`);
    return json();
  };

  it('ends as one whose state is in its folder', async () => {
    const reports = [];
    for (const company of [shared, alone]) {
      await company.truenorth('init', '--yes');
      await run(company, 'install', '--apply');
      reports.push(await run(company, 'sync', '--apply'));
    }
    expect(reports[0].changes).toEqual(reports[1].changes);
    expect(reports[0].changes.records).toBe(60);
    expect(await endState(shared, at)).toEqual(await endState(alone));
  });

  it('plans nothing the second time', async () => {
    const again = await run(shared, 'sync', '--apply');
    expect(Object.values(again.changes)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('goes on alike on the days that follow', async () => {
    for (const now of ['2026-11-21T06:00:00Z', '2026-11-23T06:00:00Z']) {
      const [one, other] = [
        await run(shared, 'sync', '--apply', '--now', now),
        await run(alone, 'sync', '--apply', '--now', now),
      ];
      expect(one.changes).toEqual(other.changes);
    }
    expect(await endState(shared, at)).toEqual(await endState(alone));
  });

  it('explains an account alike', async () => {
    const told = await run(shared, 'explain', '--nth', '1');
    expect(told).toEqual(await run(alone, 'explain', '--nth', '1'));
  });

  it('says so when the connection is lost in the middle of a run, and completes with the next one', async () => {
    const now = ['--now', '2026-11-24T06:00:00Z'];
    const where = ['--dir', shared.folder, '--env-file', shared.envFile];
    const user = new URL(database.url).username;
    const lost = startTruenorth('sync', '--apply', ...now, ...where);
    await lost.says(/Account: \d+ read/);
    await database.admin(`alter role ${user} connection limit 0`);
    await database.cutConnections();
    const { exit, err } = await lost.ended;
    expect(exit).toBe(1);
    expect(err).toMatch(/connection to it was lost|no connection left/);
    await database.admin(`alter role ${user} connection limit -1`);
    await run(shared, 'sync', '--apply', ...now);
    await run(alone, 'sync', '--apply', ...now);
    expect(await endState(shared, at)).toEqual(await endState(alone));
  });
});
