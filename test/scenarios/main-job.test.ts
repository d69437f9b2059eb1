import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

describe('the main job', () => {
  let company: Company;
  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 60 });
  });
  afterAll(() => company.close());

  it('plans without writing anything, then carries the same plan out', async () => {
    const plan = (await company.truenorth('plan', '--json')).json();
    expect(plan).toMatchObject({ status: 'done', applied: false });
    expect(plan.changes.records).toBe(60);
    expect(await company.soql('SELECT Id FROM Account WHERE Truenorth_Band__c != null')).toEqual([]);
    const sync = (await company.truenorth('sync', '--apply', '--json')).json();
    expect(sync.changes).toMatchObject({
      records: plan.changes.records,
      fields: plan.changes.fields,
      enrolments: plan.changes.enrolments,
    });
    expect(await company.soql('SELECT Id FROM Account WHERE Truenorth_Band__c = null')).toEqual([]);
  });

  it('finds nothing to do the second time, and makes no write call', async () => {
    await company.control('salesforce', 'DELETE', '/calls');
    const again = await company.truenorth('sync', '--apply', '--json');
    expect(again.exit).toBe(0);
    expect(again.json().changes).toEqual({
      fields: 0,
      records: 0,
      enrolments: 0,
      tasks: 0,
      leaves: 0,
      crmRecords: 0,
    });
    expect(again.json().calls.salesforce).not.toHaveProperty('collections');
    expect(again.json().calls.salesforce).not.toHaveProperty('bulk-ingest');
  });

  it('finds nothing to do on another worker with an empty state, at another hour of the same day', async () => {
    const other = mkdtempSync(join(tmpdir(), 'truenorth-other-'));
    await company.inFolder(other, 'init', '--yes');
    const third = await company.inFolder(other, 'sync', '--apply', '--json', '--now', '2026-11-20T19:30:00Z');
    expect(third.json().changes).toMatchObject({ fields: 0, records: 0 });
    rmSync(other, { recursive: true });
  });

  it('explains every account: points lost and points changed sum exactly, as computed and as shown', async () => {
    for (let nth = 1; nth <= 60; nth++) {
      const told = (await company.truenorth('explain', '--nth', String(nth), '--json')).json();
      const sum = (lines: readonly { hundredths: number; points: number }[], of: 'hundredths' | 'points') =>
        lines.reduce((total, line) => total + line[of], 0);
      if (told.score === null) continue;
      expect(sum(told.pointsLost, 'hundredths')).toBe(10_000 - told.scoreHundredths);
      expect(sum(told.pointsLost, 'points')).toBe(100 - told.score);
    }
  });

  it('explains by 15 and 18 character id and by name, and says what to do when there is no such account', async () => {
    const [account] = await company.soql(
      'SELECT Id, Name, Truenorth_Score__c FROM Account ORDER BY Id LIMIT 1',
    );
    const id = String(account?.Id);
    const byId = (await company.truenorth('explain', id, '--json')).json();
    expect(byId.account.id).toBe(id);
    expect(byId.score).toBe(account?.Truenorth_Score__c);
    expect((await company.truenorth('explain', id.slice(0, 15), '--json')).json()).toEqual(byId);
    const nobody = await company.truenorth('explain', 'No such company');
    expect(nobody.exit).toBe(2);
    expect(nobody.err).toMatch(/→ Give an id/);
  });

  it('lists its runs, newest first', async () => {
    const runs = (await company.truenorth('runs', '--json')).json();
    expect(runs.map(({ status }: { status: string }) => status)).toContain('done');
    expect(runs[0].startedAt).toBeGreaterThanOrEqual(runs.at(-1).startedAt);
  });

  it('takes the last change apart exactly, too', async () => {
    const later = ['--now', '2026-12-10T10:00:00Z', '--json'];
    await company.truenorth('plan', ...later);
    let changed = 0;
    for (let nth = 1; nth <= 60; nth++) {
      const told = (await company.truenorth('explain', '--nth', String(nth), '--json')).json();
      if (told.changed === null || told.changed.fromScore === null || told.score === null) continue;
      const shown = told.change.reduce((total: number, line: { points: number }) => total + line.points, 0);
      expect(shown).toBe(told.changed.toScore - told.changed.fromScore);
      changed += 1;
    }
    expect(changed).toBeGreaterThan(5);
  });
});
