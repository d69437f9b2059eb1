import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

  it('enrols nobody twice: not on another day, not from another folder, not when everything is read again', async () => {
    const before = await sent(company);
    const again = (await company.truenorth('sync', '--apply', '--json')).json();
    expect(again.changes.enrolments).toBe(0);
    expect(again.refused).toEqual({});
    const other = mkdtempSync(join(tmpdir(), 'truenorth-other-'));
    await company.inFolder(other, 'init', '--yes');
    fireOnFirstSight(other);
    const elsewhere = (await company.inFolder(other, 'sync', '--apply', '--json')).json();
    // What the lost state had running is not running here: its name leaves the accounts, and nobody is written to.
    expect(elsewhere.changes).toMatchObject({ enrolments: 0, tasks: 0, leaves: 0 });
    expect(await sent(company)).toEqual(before);
    for (const day of ['2026-11-21', '2026-11-22', '2026-11-24']) {
      await company.truenorth('sync', '--apply', '--json', '--now', `${day}T08:00:00Z`);
    }
    const counts = Object.values(await sent(company));
    expect(counts.length).toBeGreaterThan(0);
    expect(counts.filter((count) => count > 1)).toEqual([]);
    rmSync(other, { recursive: true });
  });
});

/** How often each person joined each list and each sequence, by HubSpot's own record of everything that was ever done. */
async function sent(company: Company): Promise<Readonly<Record<string, number>>> {
  const [sequences, lists] = await Promise.all([
    company.control('hubspot', 'GET', '/enrolments') as Promise<readonly Readonly<Record<string, string>>[]>,
    company.control('hubspot', 'GET', '/list-additions') as Promise<
      readonly Readonly<Record<string, string>>[]
    >,
  ]);
  const counts: Record<string, number> = {};
  const keys = [
    ...sequences.map(({ contactId, sequenceId }) => `${contactId}/${sequenceId}`),
    ...lists.map(({ recordId, listId }) => `${recordId}/${listId}`),
  ];
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
