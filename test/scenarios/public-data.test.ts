import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anInstalledCompany } from '../support/company.js';

/** Public data as Salesforce exports, read in place; it lies beside the project and is no part of it. */
const DATA = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const BOOKS = [
  ['ravenstack-export', '2025-01-01T12:00:00Z', 500],
  ['telco-export', '2018-01-01T12:00:00Z', 7_043],
  ['retail-export', '2011-06-01T12:00:00Z', 3_360],
  ['incidents-export', '2017-03-01T12:00:00Z', 5_245],
] as const;

const present = existsSync(DATA);
if (!present) process.stderr.write(`Notice: ${DATA} is absent; the scenarios on public data are skipped.\n`);
const onData = present ? describe : describe.skip; // reason: the data is not shipped with the project

onData('a public book, without a hand edit', () => {
  it.each(BOOKS)(
    '%s is scored, written, and nothing is left to do',
    async (name, now, accounts) => {
      const company = await anInstalledCompany({ loadDir: join(DATA, name), now: Date.parse(now) });
      try {
        const first = (await company.truenorth('sync', '--apply', '--json')).json();
        expect(first).toMatchObject({ status: 'done', accounts: { assessed: accounts }, rejected: [] });
        const [scored] = await company.soql(
          'SELECT COUNT(Id) n FROM Account WHERE Truenorth_Score__c != null',
        );
        expect(Number(scored?.n)).toBeGreaterThan(accounts / 3);
        const second = (await company.truenorth('sync', '--apply', '--json')).json();
        expect(second.changes).toEqual({
          fields: 0,
          records: 0,
          enrolments: 0,
          tasks: 0,
          leaves: 0,
          crmRecords: 0,
        });
      } finally {
        await company.close();
      }
    },
    180_000,
  );
});
