import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

function fireOnFirstSight(folder: string): void {
  const playbooks = join(folder, 'config', 'playbooks');
  for (const name of readdirSync(playbooks)) {
    const file = join(playbooks, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/onFirstSight:\s*\w+/, 'onFirstSight: fire'));
  }
}

describe('enrolment', () => {
  let company: Company;
  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 400 });
    fireOnFirstSight(company.folder);
  });
  afterAll(() => company.close());

  it('enrols who may be enrolled and gives everybody else a code', async () => {
    const report = (await company.truenorth('sync', '--apply', '--json')).json();
    expect(report.status).toBe('done');
    expect(report.changes.enrolments).toBeGreaterThan(0);
    expect(Object.keys(report.refused).length).toBeGreaterThan(0);
  });

  it('enrols nobody twice, even when everything is assessed again', async () => {
    const again = (await company.truenorth('sync', '--apply', '--json')).json();
    expect(again.changes.enrolments).toBe(0);
    expect(again.refused).toEqual({});
    const next = (
      await company.truenorth('sync', '--apply', '--json', '--now', '2026-11-21T08:00:00Z')
    ).json();
    expect(next.changes.enrolments).toBeLessThan(20);
    const calls = (await company.control('hubspot', 'GET', '/calls')) as { calls?: unknown };
    expect(calls).toBeDefined();
  });
});
