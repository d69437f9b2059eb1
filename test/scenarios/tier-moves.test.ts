import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

describe('a tier move', () => {
  let company: Company;
  let account: string;

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 40 });
    await company.truenorth('sync', '--apply', '--now', '2026-11-20T08:00:00Z');
    const [found] = await company.soql(
      "SELECT Id FROM Account WHERE Truenorth_Tier__c = 'digital' ORDER BY Id LIMIT 1",
    );
    account = String(found?.Id);
  });
  afterAll(() => company.close());

  async function tierOnRecord(): Promise<Readonly<Record<string, unknown>> | undefined> {
    const fields =
      'Truenorth_Tier__c, Truenorth_Tier_Reason__c, Truenorth_Tier_Since__c, Truenorth_Tier_Waiting_For__c';
    const [row] = await company.soql(`SELECT ${fields} FROM Account WHERE Id = '${account}'`);
    return row;
  }

  it('far past its line is granted at once, with its reason', async () => {
    await company.salesforce('PATCH', `/sobjects/Account/${account}`, { ARR__c: 900_000 });
    await company.truenorth('sync', '--apply', '--now', '2026-11-21T08:00:00Z');
    expect(await tierOnRecord()).toMatchObject({
      Truenorth_Tier__c: 'high-touch',
      Truenorth_Tier_Reason__c: 'Annual recurring revenue 900,000: from 100,000',
      Truenorth_Tier_Since__c: '2026-11-21',
    });
  });

  it('stands in the account’s history on its day, without another look at the account', async () => {
    const { out } = await company.truenorth('timeline', account);
    const told = out.split('\n').filter((line) => line.includes('tier digital → high-touch'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('21 Nov 2026');
    expect(out).not.toContain('tier high-touch → digital');
  });

  it('is not taken back by a plan on the same day, nor by the runs after it', async () => {
    await company.salesforce('POST', '/sobjects/Case', {
      AccountId: account,
      Subject: 'Hello',
      Priority: 'Low',
      Status: 'New',
    });
    await company.truenorth('plan', '--now', '2026-11-21T15:00:00Z');
    for (const day of ['2026-11-22', '2026-11-23']) {
      await company.truenorth('sync', '--apply', '--now', `${day}T08:00:00Z`);
      expect(await tierOnRecord()).toMatchObject({
        Truenorth_Tier__c: 'high-touch',
        Truenorth_Tier_Since__c: '2026-11-21',
      });
    }
  });

  it('just past its line waits out its dwell, and says so beside the reason that still holds', async () => {
    await company.salesforce('PATCH', `/sobjects/Account/${account}`, { ARR__c: 80_000 });
    await company.truenorth('sync', '--apply', '--now', '2026-11-24T08:00:00Z');
    expect(await tierOnRecord()).toMatchObject({
      Truenorth_Tier__c: 'high-touch',
      Truenorth_Tier_Reason__c:
        'Annual recurring revenue 80,000 asks for Hybrid; the move waits for its time or its place',
      Truenorth_Tier_Waiting_For__c: 'hybrid',
    });
  });
});
