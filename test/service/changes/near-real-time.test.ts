import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openState } from '../../../src/compose.js';
import { surroundingsOf } from '../../../src/entrypoints/connection/org-place.js';
import { type EngineRoom, openEngineRoom } from '../../../src/entrypoints/worker/engine-room.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import { feedStatus } from '../../../src/service/changes/feed-note.js';
import { latestRefreshes } from '../../../src/service/changes/refresh-note.js';
import { runJob } from '../../../src/service/run-order.js';
import { anInstalledCompany, type Company } from '../../support/company.js';
import { until } from '../../support/until.js';

const SERVICE = `
schedule: { incremental: off, full: off, reconciliation: off, readBack: off, metrics: off, digest: off, housekeeping: off, drift: off }
feed: { on: true, objects: [Case, Contact, Opportunity, Task] }
`;

interface Served {
  readonly company: Company;
  readonly room: EngineRoom;
  readonly state: StateStore;
  readonly close: () => Promise<void>;
}

/** A company whose engine runs in this process and follows the changes of its org. */
async function served(): Promise<Served> {
  const company = await anInstalledCompany();
  writeFileSync(join(company.folder, 'config', 'service.yaml'), SERVICE);
  appendFileSync(company.envFile, '\nTRUENORTH_LOG_LEVEL=error\n');
  expect((await company.truenorth('sync', '--apply')).exit).toBe(0);
  await company.control('salesforce', 'POST', '/streaming', { delayMs: 0, holdMs: 1_000 });
  const place = { name: null, folder: company.folder, envFile: company.envFile, now: null };
  const room = await openEngineRoom(place);
  const state = await openState(surroundingsOf(place, 'http'));
  await until('the feed is live', async () => (await feedStatus(state.notes))?.state === 'live');
  return {
    company,
    room,
    state,
    close: async () => {
      await room.stop(5_000);
      await state.close();
      await company.close();
    },
  };
}

let org: Served;
beforeAll(async () => {
  org = await served();
});
afterAll(() => org?.close());

interface Standing {
  readonly id: string;
  readonly score: number;
}

/** Accounts by their score as the CRM holds it, best first. */
async function best({ company }: Served): Promise<readonly Standing[]> {
  const rows = await company.soql(
    'SELECT Id, Truenorth_Score__c FROM Account WHERE Truenorth_Score__c != null ORDER BY Truenorth_Score__c DESC',
  );
  return rows.map((row) => ({ id: String(row.Id), score: Number(row.Truenorth_Score__c) }));
}

const scoreOf = async ({ company }: Served, id: string): Promise<number> =>
  Number(
    (await company.soql(`SELECT Truenorth_Score__c FROM Account WHERE Id = '${id}'`))[0]?.Truenorth_Score__c,
  );

const made = (object: string, values: object): Promise<unknown> =>
  org.company.asAdmin('POST', `/sobjects/${object}`, values);

const urgentCase = (account: string) =>
  made('Case', { AccountId: account, Subject: 'Down', Status: 'New', Priority: 'High', Origin: 'Phone' });

async function refreshes(): Promise<number> {
  return (await latestRefreshes(org.state.notes)).length;
}

describe('a change in the CRM', () => {
  it('reaches the score field without any run: a case', async () => {
    const [{ id, score } = { id: '', score: 0 }] = await best(org);
    const runs = await org.state.runs.list(10);
    for (let at = 0; at < 4; at += 1) await urgentCase(id);
    await until('the score fell', async () => (await scoreOf(org, id)) < score);
    expect(await org.state.runs.list(10)).toEqual(runs);
  });

  it.each([
    [
      'a contact',
      'Contact',
      (account: string) => ({ AccountId: account, LastName: 'New', Email: 'new@example.com' }),
    ],
    [
      'an opportunity',
      'Opportunity',
      (account: string) => ({
        AccountId: account,
        Name: 'Renewal',
        StageName: 'Prospecting',
        CloseDate: '2026-12-20',
        Type: 'Renewal',
      }),
    ],
    [
      'a task',
      'Task',
      (account: string) => ({
        WhatId: account,
        Subject: 'Call',
        Status: 'Completed',
        ActivityDate: '2026-11-20',
      }),
    ],
  ])('is read at once: %s', async (_what, object, values) => {
    const [, { id } = { id: '' }] = await best(org);
    const before = await refreshes();
    await made(object, values(id));
    await until('it was read', async () => (await refreshes()) > before);
    const [latest] = await latestRefreshes(org.state.notes);
    expect(latest).toMatchObject({ accounts: 1, held: null });
  });

  it('is read in few batches when there are 200 of them', async () => {
    const [, , { id, score } = { id: '', score: 0 }] = await best(org);
    const before = await latestRefreshes(org.state.notes);
    for (let from = 0; from < 200; from += 20) {
      const some = Array.from({ length: 20 }, () => urgentCase(id));
      await Promise.all(some);
    }
    await until('the score fell', async () => (await scoreOf(org, id)) < score);
    await until('all were read', async () => (await org.state.rows.count('case')) >= (await casesInCrm()));
    const after = await latestRefreshes(org.state.notes);
    expect(after.filter((one) => !before.some(({ at }) => at === one.at)).length).toBeLessThanOrEqual(8);
  });

  it('still arrives by polling when the feed delivers nothing', async () => {
    const [{ id, score } = { id: '', score: 0 }] = await best(org);
    await org.company.control('salesforce', 'POST', '/streaming', { deaf: true });
    for (let at = 0; at < 4; at += 1) await urgentCase(id);
    const parts = { full: false, engagement: false, reconcile: false, metrics: false } as const;
    const order = { runId: 'polled', apply: true, parts, trigger: 'user:test' };
    await org.room.queue.add(runJob(order, 'polled'));
    await until('the run is over', async () => (await org.state.runs.get('polled'))?.finishedAt != null);
    expect(await org.state.runs.get('polled')).toMatchObject({ status: 'done', report: { brakes: [] } });
    await until('the score fell', async () => (await scoreOf(org, id)) < score);
    await org.company.control('salesforce', 'POST', '/streaming', { deaf: false });
  });
});

async function casesInCrm(): Promise<number> {
  const answer = (await org.company.asAdmin(
    'GET',
    `/query?q=${encodeURIComponent('SELECT COUNT() FROM Case')}`,
  )) as { readonly totalSize: number };
  return answer.totalSize;
}
