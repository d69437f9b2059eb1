import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

/** Gives the administrator every permission set of ours, as a CSM has one. */
async function letAdminFilePulses(company: Company): Promise<void> {
  const ask = async (soql: string) => {
    const answer = await company.asAdmin('GET', `/query?q=${encodeURIComponent(soql)}`);
    return (answer as { readonly records: readonly { readonly Id: string }[] }).records;
  };
  const [admin] = await ask(
    `SELECT Id FROM User WHERE Username = '${company.sandbox.salesforce.adminUsername}'`,
  );
  for (const { Id } of await ask("SELECT Id FROM PermissionSet WHERE Name LIKE 'Truenorth%'"))
    await company.asAdmin('POST', '/sobjects/PermissionSetAssignment', {
      PermissionSetId: Id,
      AssigneeId: admin?.Id,
    });
}

describe('a pulse that somebody files in Salesforce', () => {
  let company: Company;
  let account: string;

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 20 });
    await letAdminFilePulses(company);
    await company.truenorth('sync', '--apply');
    const [found] = await company.soql(
      "SELECT Id FROM Account WHERE Truenorth_Band__c = 'healthy' AND Truenorth_Score__c >= 75 ORDER BY Id LIMIT 1",
    );
    account = String(found?.Id);
  });
  afterAll(() => company.close());

  const onRecord = async () => {
    const names = ['Band', 'Model_Band', 'Band_Source', 'Pulse', 'Pulse_By', 'Pulse_Reason'];
    const fields = [...names, 'Pulse_Expires_On', 'Drivers'].map((name) => `Truenorth_${name}__c`);
    const [row] = await company.soql(`SELECT ${fields.join(', ')} FROM Account WHERE Id = '${account}'`);
    return row;
  };

  it('sets the band, and is told on the account and by explain', async () => {
    await company.asAdmin('POST', '/sobjects/Health_Pulse__c', {
      Account__c: account,
      Value__c: 'risk',
      Reason__c: 'The sponsor left',
      Expires_On__c: '2026-11-21',
    });
    expect((await company.truenorth('sync', '--apply', '--json')).exit).toBe(0);
    expect(await onRecord()).toMatchObject({
      Truenorth_Band__c: 'risk',
      Truenorth_Model_Band__c: 'healthy',
      Truenorth_Band_Source__c: 'pulse',
      Truenorth_Pulse__c: 'risk',
      Truenorth_Pulse_By__c: 'Truenorth Admin',
      Truenorth_Pulse_Reason__c: 'The sponsor left',
      Truenorth_Pulse_Expires_On__c: '2026-11-21',
    });
    const told = 'Set to risk by Truenorth Admin until 21 Nov 2026: The sponsor left';
    expect(String((await onRecord())?.Truenorth_Drivers__c)).toContain(told);
    expect((await company.truenorth('explain', account)).out).toContain(told);
    expect((await company.truenorth('explain', account, '--json')).json()).toMatchObject({
      pulse: { band: 'risk', by: 'Truenorth Admin', setOn: '2026-11-20', until: '2026-11-21' },
    });
  });

  it('holds on its last day, and leaves the band to the model on the next', async () => {
    const on = (day: string) => company.truenorth('sync', '--apply', '--now', `${day}T12:00:00Z`);
    await on('2026-11-21');
    expect(await onRecord()).toMatchObject({ Truenorth_Band__c: 'risk', Truenorth_Band_Source__c: 'pulse' });
    await on('2026-11-22');
    expect(await onRecord()).toMatchObject({ Truenorth_Band_Source__c: 'model', Truenorth_Pulse__c: null });
  });
});
