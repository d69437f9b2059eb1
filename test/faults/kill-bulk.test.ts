import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';
import { type EndState, endState, keepPersonKey } from '../support/end-state.js';
import { killedSync, type Moment } from '../support/killing.js';

/** Two thousand accounts are read, assessed and written five times. */
const PATIENCE_MS = 90_000;

/** So many accounts that they are assessed in pages and written by a bulk job; no other rows, so that it stays quick. */
async function aLargeCompany(): Promise<Company> {
  const without = [
    'Opportunity',
    'Case',
    'Contact',
    'Task',
    'Event',
    'Product_Usage__c',
    'Survey_Response__c',
  ];
  const company = await anInstalledCompany({ accounts: 2_001, without });
  keepPersonKey(company.folder);
  return company;
}

describe('kill -9 and run again ends as an undisturbed run does, with more accounts than fit a page', () => {
  let company: Company;
  let undisturbed: EndState;
  beforeAll(async () => {
    const other = await aLargeCompany();
    expect((await other.truenorth('sync', '--apply', '--json')).json().forecast.mode).toBe('bulk');
    undisturbed = await endState(other);
    await other.close();
    company = await aLargeCompany();
  }, PATIENCE_MS);
  afterAll(() => company.close());

  it(
    'in the middle of assessing, and after the job was closed',
    async () => {
      const moments: readonly Moment[] = [
        { assessed: 500 },
        { call: /PATCH .*\/jobs\/ingest/, nth: 1, when: 'after' },
      ];
      for (const moment of moments)
        expect({ moment, killed: await killedSync(company, moment) }).toEqual({ moment, killed: true });
      expect((await company.truenorth('sync', '--apply', '--json')).exit).toBe(0);
      expect(await endState(company)).toEqual(undisturbed);
      const next = await company.truenorth('sync', '--apply', '--json');
      expect(next.json().changes).toMatchObject({ fields: 0, records: 0 });
    },
    PATIENCE_MS,
  );
});
