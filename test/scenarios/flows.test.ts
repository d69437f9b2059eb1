import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { letAdminEdit } from '../support/admin-rights.js';
import { anInstalledCompany, type Company } from '../support/company.js';

describe('a flow that rewrites a field of ours', () => {
  let company: Company;
  let day = 20;

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 12 });
    await company.control('salesforce', 'POST', '/rules', {
      object: 'Account',
      flow: { name: 'Keep stage upper', set: 'Truenorth_Stage__c', value: 'CUSTOMER' },
    });
  });
  afterAll(() => company.close());

  async function nextDay() {
    day += 1;
    const answer = await company.truenorth(
      ...['sync', '--apply', '--json', '--now', `2026-11-${day}T08:00:00Z`],
    );
    return { ...answer, report: answer.json() };
  }

  it('is seen right after the run that wrote it, with field, record, and both values', async () => {
    const { exit, report } = await nextDay();
    expect(exit).toBe(0);
    expect(report.readBack.records).toBe(12);
    expect(report.readBack.changed[0]).toMatchObject({
      field: 'Truenorth_Stage__c',
      record: expect.stringMatching(/^001/),
      wrote: expect.any(String),
      holds: 'CUSTOMER',
    });
    expect(new Set(report.readBack.changed.map(({ field }: { field: string }) => field))).toEqual(
      new Set(['Truenorth_Stage__c']),
    );
  });

  it('does not start a loop: after two tries the field is contested, named, and left alone', async () => {
    const second = await nextDay();
    expect(second.report.contested).toEqual([]);
    const third = await nextDay();
    expect(third.exit).toBe(3);
    expect(third.report.contested.length).toBeGreaterThan(0);
    const fourth = await nextDay();
    expect(fourth.exit).toBe(3);
    const stages = await company.soql("SELECT Id FROM Account WHERE Truenorth_Stage__c = 'CUSTOMER'");
    expect(fourth.report.contested).toHaveLength(stages.length);
    const again = await company.truenorth('plan', '--json', '--now', `2026-11-${day}T09:00:00Z`);
    expect(again.json().changes).toMatchObject({ fields: 0, records: 0 });
  });

  it('is named by the doctor, and tried again by retry once it is gone', async () => {
    const doctor = await company.truenorth('doctor');
    expect(doctor.exit).toBe(2);
    expect(doctor.out).toContain('Truenorth_Stage__c on account 001');
    await company.control('salesforce', 'POST', '/rules', { object: 'Account', flow: null });
    expect((await company.truenorth('retry', '--json')).json().contested).toBeGreaterThan(0);
    const { exit, report } = await nextDay();
    expect(exit).toBe(0);
    expect(report).toMatchObject({ contested: [], readBack: { fields: 0 } });
    expect(await company.soql("SELECT Id FROM Account WHERE Truenorth_Stage__c = 'CUSTOMER'")).toEqual([]);
  });

  it('is not looked for where reading back is switched off', async () => {
    writeFileSync(join(company.folder, 'config', 'service.yaml'), 'readBack: none\n');
    await company.salesforce(
      'PATCH',
      `/sobjects/Account/${(await company.soql('SELECT Id FROM Account LIMIT 1'))[0]?.Id}`,
      {
        ARR__c: 777_000,
      },
    );
    const { report } = await nextDay();
    expect(report.changes.records).toBeGreaterThan(0);
    expect(report.readBack).toEqual({ records: 0, changed: [], fields: 0 });
  });
});

describe('the doctor', () => {
  it('names who else may write our fields, and who last saved what others changed', async () => {
    const company = await anInstalledCompany({ accounts: 10 });
    try {
      await letAdminEdit(company, ['Truenorth_Stage__c']);
      for (const day of [20, 21]) {
        await company.truenorth('sync', '--apply', '--now', `2026-11-${day}T08:00:00Z`);
        const [row] = await company.soql('SELECT Id FROM Account ORDER BY Id LIMIT 1');
        await company.asAdmin('PATCH', `/sobjects/Account/${row?.Id}`, { Truenorth_Stage__c: 'mine' });
      }
      await company.truenorth('sync', '--apply', '--now', '2026-11-22T08:00:00Z');
      const { out } = await company.truenorth('doctor');
      expect(out).toContain('The permission set "Our Admins" may edit Truenorth_Stage__c');
      expect(out).toContain('last saved by Truenorth Admin');
    } finally {
      await company.close();
    }
  });
});
