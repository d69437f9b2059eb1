import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

/** Ids of accounts whose stored assessment was made again by the next run. */
describe('one change in the org', () => {
  let company: Company;
  let accounts: readonly string[];

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 30 });
    await company.truenorth('sync', '--apply');
    await company.truenorth('sync', '--apply');
    accounts = (await company.soql('SELECT Id FROM Account ORDER BY Id')).map(({ Id }) => String(Id));
  });
  afterAll(() => company.close());

  async function assessedAfter(change: () => Promise<unknown>): Promise<number> {
    await company.control('salesforce', 'POST', '/clock', { advanceMs: 60_000 });
    await change();
    const answer = await company.truenorth('sync', '--apply', '--json');
    return answer.json().accounts.assessed;
  }

  it('of a case assesses its account and no other', async () => {
    const account = accounts[3];
    const create = () =>
      company.salesforce('POST', '/sobjects/Case', {
        AccountId: account,
        Subject: 'Down',
        Priority: 'High',
        Status: 'New',
      });
    expect(await assessedAfter(create)).toBe(1);
  });

  it('of an opportunity, a contact or a usage row assesses its account and no other', async () => {
    const [opportunity] = await company.soql('SELECT Id FROM Opportunity LIMIT 1');
    const [contact] = await company.soql('SELECT Id FROM Contact LIMIT 1');
    const [usage] = await company.soql('SELECT Id FROM Product_Usage__c ORDER BY Week_Of__c DESC LIMIT 1');
    expect(
      await assessedAfter(() =>
        company.salesforce('PATCH', `/sobjects/Opportunity/${opportunity?.Id}`, { Amount: 123_456 }),
      ),
    ).toBe(1);
    expect(
      await assessedAfter(() =>
        company.salesforce('PATCH', `/sobjects/Contact/${contact?.Id}`, { HasOptedOutOfEmail: true }),
      ),
    ).toBe(1);
    expect(
      await assessedAfter(() =>
        company.salesforce('PATCH', `/sobjects/Product_Usage__c/${usage?.Id}`, { Active_Users__c: 1 }),
      ),
    ).toBe(1);
  });

  it('that moves a case to another account assesses both', async () => {
    const [found] = await company.soql(`SELECT Id FROM Case WHERE AccountId = '${accounts[3]}' LIMIT 1`);
    expect(
      await assessedAfter(() =>
        company.salesforce('PATCH', `/sobjects/Case/${found?.Id}`, { AccountId: accounts[4] }),
      ),
    ).toBe(2);
  });

  it('that deletes a case assesses its account', async () => {
    const [found] = await company.soql(`SELECT Id FROM Case WHERE AccountId = '${accounts[4]}' LIMIT 1`);
    expect(await assessedAfter(() => company.salesforce('DELETE', `/sobjects/Case/${found?.Id}`))).toBe(1);
  });

  it('that nothing of ours reads assesses nobody', async () => {
    const account = accounts[5];
    expect(
      await assessedAfter(() =>
        company.salesforce('PATCH', `/sobjects/Account/${account}`, { Description: 'a note' }),
      ),
    ).toBe(0);
  });

  it('by a person in a field of ours is put back', async () => {
    const account = accounts[6];
    await assessedAfter(() =>
      company.salesforce('PATCH', `/sobjects/Account/${account}`, { Truenorth_Trend__c: 'sideways' }),
    );
    const [row] = await company.soql(`SELECT Truenorth_Trend__c FROM Account WHERE Id = '${account}'`);
    expect(row?.Truenorth_Trend__c).not.toBe('sideways');
  });

  it('that deletes an account, with what hangs on it, forgets it', async () => {
    const account = accounts[7];
    await assessedAfter(async () => {
      for (const object of ['Case', 'Opportunity']) {
        const rows = await company.soql(`SELECT Id FROM ${object} WHERE AccountId = '${account}'`);
        for (const { Id } of rows) await company.salesforce('DELETE', `/sobjects/${object}/${Id}`);
      }
      await company.salesforce('DELETE', `/sobjects/Account/${account}`);
    });
    expect((await company.truenorth('explain', String(account))).exit).toBe(2);
  });

  it('that merges two accounts hands the loser’s rows to the winner', async () => {
    const [winner, loser] = [accounts[8], accounts[9]];
    const before = await company.soql(`SELECT Id FROM Case WHERE AccountId IN ('${winner}', '${loser}')`);
    await assessedAfter(() =>
      company.control('salesforce', 'POST', '/merge', { object: 'Account', master: winner, losers: [loser] }),
    );
    const after = await company.soql(`SELECT Id FROM Case WHERE AccountId = '${winner}'`);
    expect(after).toHaveLength(before.length);
    expect((await company.truenorth('explain', String(loser))).exit).toBe(2);
    expect((await company.truenorth('sync', '--apply', '--json')).json().changes.records).toBe(0);
  });

  it('that hard-deletes a row is found when all ids are compared', async () => {
    const [found] = await company.soql(`SELECT Id, AccountId FROM Case LIMIT 1`);
    expect(
      await assessedAfter(() =>
        company.control('salesforce', 'POST', '/hard-delete', { object: 'Case', ids: [found?.Id] }),
      ),
    ).toBe(0);
    const compared = await company.truenorth('sync', '--apply', '--reconcile', '--json');
    expect(compared.json().accounts.assessed).toBe(1);
  });
});
