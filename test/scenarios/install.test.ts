import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aCompany, type Company } from '../support/company.js';

jest.setTimeout(120_000);

/** One company from nothing to nothing: previewed, installed, upgraded, compared, taken out. */
describe('install', () => {
  let company: Company;
  const folders: string[] = [];

  beforeAll(async () => {
    company = await aCompany({ accounts: 10 });
    await company.truenorth('init', '--yes');
  });
  afterAll(async () => {
    await company.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function aFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'truenorth-install-'));
    folders.push(folder);
    return folder;
  }

  it('shows what it would make, and makes nothing', async () => {
    const { exit, out } = await company.truenorth('install');
    expect(exit).toBe(0);
    expect(out).toMatch(/To install \(nothing was changed/);
    expect(out).toMatch(/8 objects: Health_Pulse__c, /);
    const { salesforce } = (await company.truenorth('install', '--json')).json();
    expect(salesforce.create.length).toBeGreaterThan(200);
    expect(salesforce).toMatchObject({
      change: [],
      unchanged: 0,
      obsolete: [],
      assignment: 'create',
      conflicts: [],
    });
  });

  it('writes the same as a folder that passes its own check, and leaves nothing else behind', async () => {
    const out = join(aFolder(), 'source');
    const { folder, files, problems } = (await company.truenorth('install', '--out', out, '--json')).json();
    expect({ folder, problems }).toEqual({ folder: out, problems: [] });
    expect(files.every((file: string) => existsSync(join(out, file)))).toBe(true);
    expect(readdirSync(join(out, '..'))).toEqual(['source']);
  });

  it('refuses two ways at once, and a running user who is not there', async () => {
    const both = await company.truenorth('install', '--apply', '--out', join(aFolder(), 'source'));
    expect(both.exit).toBe(2);
    expect(both.err).toContain('Give --apply or --out, not both.');
    const nobody = await company.truenorth('install', '--running-user', 'nobody@x');
    expect(nobody.exit).toBe(2);
    expect(nobody.err).toContain('There is no active user nobody@x.');
    const [somebody] = await company.soql('SELECT Username FROM User WHERE IsActive = true LIMIT 1');
    expect((await company.truenorth('install', '--running-user', String(somebody?.Username))).exit).toBe(0);
  });

  it('makes it, and then finds nothing to change; the doctor agrees', async () => {
    expect((await company.truenorth('install', '--apply', '--json')).json()).toMatchObject({ applied: true });
    const again = (await company.truenorth('install', '--json')).json();
    expect(again.salesforce).toMatchObject({
      create: [],
      change: [],
      obsolete: [],
      assignment: 'unchanged',
      conflicts: [],
      fieldsToCreate: [],
    });
    expect((await company.truenorth('install')).out).toMatch(/Everything is installed; nothing to change/);
    expect((await company.truenorth('doctor')).out).toMatch(
      /Our fields, objects and permissions are installed/,
    );
  });

  it('runs dashboards as the user that installs, or as whom one names', async () => {
    const users = await company.soql('SELECT Username FROM User WHERE IsActive = true ORDER BY Id');
    const other = String(users.at(0)?.Username);
    const { salesforce } = (await company.truenorth('install', '--running-user', other, '--json')).json();
    const types = new Set(salesforce.change.map(({ type }: { type: string }) => type));
    expect([...types]).toEqual(['Dashboard']);
    expect(salesforce.change[0].changes).toEqual(['runningUser']);
  });

  it('compares with another folder and its org, and changes nothing', async () => {
    const other = await aCompany({ accounts: 10, seed: 8 });
    try {
      await other.truenorth('init', '--yes');
      const tiers = join(other.folder, 'mappings', 'salesforce.yaml');
      writeFileSync(tiers, readFileSync(tiers, 'utf8').replace(/^ {2}phase: .*\n/m, ''));
      const compare = ['compare', '--with', other.folder, '--with-env-file', other.envFile] as const;
      const before = (await company.truenorth(...compare, '--json')).json();
      expect(before.installation.onlyThere).toEqual([]);
      expect(before.installation.onlyHere.length).toBeGreaterThan(200);
      await other.truenorth('install', '--apply');
      const { installation, settings } = (await company.truenorth(...compare, '--json')).json();
      expect(installation.onlyHere).toContainEqual({
        type: 'CustomField',
        name: 'Account.Truenorth_Phase__c',
      });
      expect(installation.onlyThere).toEqual([]);
      expect(settings).toContainEqual({
        file: 'mappings/salesforce.yaml',
        path: 'write.phase',
        here: '"Truenorth_Phase__c"',
        there: null,
      });
    } finally {
      await other.close();
    }
  });

  it('is not taken out without a word that says so', async () => {
    await company.asAdmin('POST', '/sobjects/PermissionSetAssignment', {
      AssigneeId: await adminId(),
      PermissionSetId: await idOf('Truenorth_CSM'),
    });
    const [account] = await company.soql('SELECT Id FROM Account LIMIT 1');
    await company.asAdmin('POST', '/sobjects/Health_Pulse__c', {
      Account__c: account?.Id,
      Value__c: 'risk',
      Reason__c: 'The sponsor left.',
    });
    const { exit, out } = await company.truenorth('uninstall', '--apply');
    expect(exit).toBe(2);
    expect(out).toMatch(/1 record of Health_Pulse__c/);
    expect(out).toMatch(/Health_Pulse__c hold what people wrote/);
    expect(out).toMatch(/Nothing was removed/);
    expect((await company.truenorth('install', '--json')).json().salesforce.create).toEqual([]);
  });

  it('is taken out whole, and leaves the org as it was', async () => {
    const { exit } = await company.truenorth('uninstall', '--apply', '--yes');
    expect(exit).toBe(0);
    expect((await company.truenorth('uninstall')).out).toMatch(/Nothing of Truenorth is installed here/);
    const { fields } = (await company.asAdmin('GET', '/sobjects/Account/describe')) as {
      fields: readonly { name: string }[];
    };
    expect(fields.filter(({ name }) => name.startsWith('Truenorth_'))).toEqual([]);
    expect(fields.some(({ name }) => name === 'ARR__c')).toBe(true);
  });

  async function adminId(): Promise<unknown> {
    const [user] = await company.soql(
      `SELECT Id FROM User WHERE Username = '${company.sandbox.salesforce.adminUsername}'`,
    );
    return user?.Id;
  }

  async function idOf(set: string): Promise<unknown> {
    const [row] = await company.soql(`SELECT Id FROM PermissionSet WHERE Name = '${set}'`);
    return row?.Id;
  }
});
