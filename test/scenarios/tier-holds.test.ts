import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { letAdminEdit } from '../support/admin-rights.js';
import { anInstalledCompany, type Company } from '../support/company.js';

type Row = Readonly<Record<string, unknown>>;

describe('what holds a tier in Salesforce', () => {
  let company: Company;
  const accounts: string[] = [];
  let day = 20;

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 40 });
    await letAdminEdit(company, ['Truenorth_Tier__c', 'Truenorth_Tier_Lock__c']);
    await company.truenorth('sync', '--apply', '--now', '2026-11-20T08:00:00Z');
    const found = await company.soql(
      "SELECT Id FROM Account WHERE Truenorth_Tier__c = 'digital' AND Strategic__c = false ORDER BY Id LIMIT 4",
    );
    accounts.push(...found.map(({ Id }) => String(Id)));
  });
  afterAll(() => company.close());

  const change = (at: number, values: Row) =>
    company.asAdmin('PATCH', `/sobjects/Account/${accounts[at]}`, values);

  /** A run of the next day, and the tier of an account after it. */
  async function nextDay(at: number): Promise<Row | undefined> {
    day += 1;
    const { exit, err } = await company.truenorth('sync', '--apply', '--now', `2026-11-${day}T08:00:00Z`);
    if (exit !== 0) throw new Error(err);
    const names = ['Tier', 'Tier_Reason', 'Tier_Since', 'Tier_Waiting_For', 'Tier_Lock'];
    const fields = names.map((name) => `Truenorth_${name}__c`).join(', ');
    const [row] = await company.soql(`SELECT ${fields} FROM Account WHERE Id = '${accounts[at]}'`);
    return row;
  }

  it('a lock holds the tier whatever the measure says; without it the policy answers at once', async () => {
    await change(0, { Truenorth_Tier_Lock__c: true, ARR__c: 900_000 });
    expect(await nextDay(0)).toMatchObject({
      Truenorth_Tier__c: 'digital',
      Truenorth_Tier_Reason__c: 'Held by the tier lock on the account',
      Truenorth_Tier_Since__c: '2026-11-20',
      Truenorth_Tier_Waiting_For__c: null,
      Truenorth_Tier_Lock__c: true,
    });
    await change(0, { Truenorth_Tier_Lock__c: false });
    expect(await nextDay(0)).toMatchObject({
      Truenorth_Tier__c: 'high-touch',
      Truenorth_Tier_Since__c: '2026-11-22',
    });
  });

  it('a lock beside a tier given by hand keeps that one, and dates it', async () => {
    await change(1, { Truenorth_Tier__c: 'hybrid', Truenorth_Tier_Lock__c: true });
    const held = {
      Truenorth_Tier__c: 'hybrid',
      Truenorth_Tier_Reason__c: 'Held by the tier lock on the account',
      Truenorth_Tier_Since__c: '2026-11-23',
    };
    expect(await nextDay(1)).toMatchObject(held);
    expect(await nextDay(1)).toMatchObject(held);
    await change(1, { Truenorth_Tier_Lock__c: false });
    expect(await nextDay(1)).toMatchObject({ Truenorth_Tier__c: 'digital' });
  });

  it('a tier given by hand without a lock is put right', async () => {
    await change(1, { Truenorth_Tier__c: 'high-touch' });
    expect(await nextDay(1)).toMatchObject({ Truenorth_Tier__c: 'digital' });
  });

  it('an override moves at once and names itself; when it ends, so does its tier', async () => {
    await change(2, { Strategic__c: true });
    expect(await nextDay(2)).toMatchObject({
      Truenorth_Tier__c: 'high-touch',
      Truenorth_Tier_Reason__c: 'Marked as a strategic account',
    });
    await change(2, { Strategic__c: false });
    expect(await nextDay(2)).toMatchObject({
      Truenorth_Tier__c: 'digital',
      Truenorth_Tier_Waiting_For__c: null,
    });
  });

  it('a lock wins over an override', async () => {
    await change(2, { Strategic__c: true, Truenorth_Tier_Lock__c: true });
    expect(await nextDay(2)).toMatchObject({ Truenorth_Tier__c: 'digital' });
  });

  it('a move that waits for its time is visible on the account', async () => {
    await change(3, { ARR__c: 30_000 });
    expect(await nextDay(3)).toMatchObject({
      Truenorth_Tier__c: 'digital',
      Truenorth_Tier_Waiting_For__c: 'hybrid',
      Truenorth_Tier_Reason__c:
        'Annual recurring revenue 30,000 asks for Hybrid; the move waits for its time or its place',
    });
    await change(3, { ARR__c: 10_000 });
    expect(await nextDay(3)).toMatchObject({ Truenorth_Tier_Waiting_For__c: null });
  });

  it('capacity without people in config/program.yaml is refused in one sentence', async () => {
    const path = join(company.folder, 'config', 'tiers.yaml');
    const written = readFileSync(path, 'utf8');
    const order = 'policy: { capacity: [high-touch, hybrid, digital] }';
    writeFileSync(path, written.replace(/policy:\n(?: {2}.*\n|\n)+?(?=\S)/, `${order}\n\n`));
    const { exit, err } = await company.truenorth('plan');
    writeFileSync(path, written);
    expect(exit).toBe(2);
    expect(err).toContain(
      'config/program.yaml does not say how many accounts the people of "high-touch" can look after',
    );
  });
});
