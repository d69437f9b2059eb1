import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { edit, expectOneError } from '../support/bad-input.js';
import { aCompany, anInstalledCompany, type Company, typed } from '../support/company.js';
import { startTruenorth } from '../support/real-process.js';

const MAPPING = 'mappings/salesforce.yaml';
const HEALTH = 'config/health.yaml';

describe('a mistake in config/ or mappings/', () => {
  let company: Company;
  let planned: unknown;

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 20 });
    planned = (await company.truenorth('plan', '--json')).json().changes;
  });
  afterAll(() => company.close());

  /** The mistake is refused, the CRM untouched; once it is mended the plan is what it was. */
  async function refused(
    file: string,
    change: (text: string) => string,
    expected: Omit<Parameters<typeof expectOneError>[1], 'exit'>,
  ): Promise<void> {
    await company.control('salesforce', 'DELETE', '/calls');
    const mend = edit(company, file, change);
    const answer = await company.truenorth('sync', '--apply', '--json');
    mend();
    expectOneError(answer, { exit: 2, ...expected });
    // The record of the run that failed is all that was written.
    expect(await company.soql('SELECT Id FROM Account WHERE Truenorth_Band__c != null')).toEqual([]);
    expect((await company.truenorth('plan', '--json')).json().changes).toEqual(planned);
  }

  it('a field that the org does not have is named with its object', () =>
    refused(MAPPING, (text) => text.replace('seats: Seats__c', 'seats: Saets__c'), {
      code: 'MAPPING_DOES_NOT_FIT_ORG',
      says: /Account\.Saets__c \(mapped to account\.seats\) does not exist/,
      todo: /Correct the field names in mappings\/salesforce\.yaml/,
    }));

  it('an attribute that we do not know is answered with the nearest one', () =>
    refused(MAPPING, (text) => text.replace('seats: Seats__c', 'saets: Seats__c'), {
      code: 'CONFIG_INVALID',
      says: /salesforce\.yaml:\d+:\d+ .*"saets".*seats/,
      todo: /Correct the lines named above/,
    }));

  it('a field of the wrong type is named with both types', () =>
    refused(MAPPING, (text) => text.replace('arr: ARR__c', 'arr: Renewal_Date__c'), {
      code: 'MAPPING_DOES_NOT_FIT_ORG',
      says: /Account\.Renewal_Date__c is a date field, which cannot be read as account\.arr \(money\)/,
      todo: /mappings\/salesforce\.yaml/,
    }));

  it('a picklist of words is no number', () =>
    refused(MAPPING, (text) => text.replace('seats: Seats__c', 'seats: Industry'), {
      code: 'MAPPING_DOES_NOT_FIT_ORG',
      says: /Account\.Industry holds words .*cannot be read as account\.seats \(number\)/,
      todo: /mappings\/salesforce\.yaml/,
    }));

  it('an object that the org does not have is named', () =>
    refused(MAPPING, (text) => text.replace('object: Case', 'object: Caze'), {
      code: 'MAPPING_DOES_NOT_FIT_ORG',
      says: /The object Caze \(case rows\) does not exist/,
      todo: /read access to Caze/,
    }));

  it('a list where a text belongs is found with its line', () =>
    refused(MAPPING, (text) => text.replace('seats: Seats__c', 'seats: [1, 2]'), {
      code: 'CONFIG_INVALID',
      says: /salesforce\.yaml:\d+:\d+ expected a text/,
      todo: /Correct the lines named above/,
    }));

  it('a file that is no YAML is found with its line', () =>
    refused(HEALTH, (text) => `${text}\n  : [\n`, {
      code: 'CONFIG_INVALID',
      says: /health\.yaml:\d+:\d+ this is not well-formed YAML/,
      todo: /Correct the lines named above/,
    }));

  it('a name that no fact has is answered with the nearest one', () =>
    refused(HEALTH, (text) => text.replace(/when: .*/, 'when: account.setas > 3'), {
      code: 'CONFIG_INVALID',
      says: /health\.yaml:\d+:\d+ unknown fact "account\.setas" in expression; did you mean "account\.seats"/,
      todo: /Correct the lines named above/,
    }));

  it('an expression that compares a number with a text is refused when it is loaded', () =>
    refused(HEALTH, (text) => text.replace(/when: .*/, 'when: account.seats > "many"'), {
      code: 'CONFIG_INVALID',
      says: /health\.yaml:\d+:\d+/,
      todo: /Correct the lines named above/,
    }));

  it('weights of zero are named, each with its line', () =>
    refused(HEALTH, (text) => text.replaceAll(/weight: \d+/g, 'weight: 0'), {
      code: 'CONFIG_INVALID',
      says: /health\.yaml:\d+:\d+ weight 0: weights are whole numbers above 0/,
      todo: /Correct the lines named above/,
    }));

  it('a variable that does not exist is named with its line', () =>
    refused('sandbox.env', (text) => `${text}TRUENORTH_SALESFROCE_USERNAME=x\n`, {
      code: 'CONFIG_INVALID',
      says: /sandbox\.env:\d+:1 unknown variable TRUENORTH_SALESFROCE_USERNAME/,
      todo: /Correct the lines named above/,
    }));

  it('a folder without config/ is told about init', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'truenorth-empty-'));
    const answer = await company.inFolder(empty, 'sync', '--apply', '--json');
    rmSync(empty, { recursive: true });
    expectOneError(answer, {
      exit: 2,
      code: 'NOT_INITIALISED',
      says: /There is no config\/ and no mappings\//,
      todo: /truenorth init/,
    });
  });
});

describe('a mistake on the command line', () => {
  let company: Company;
  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 5 });
  });
  afterAll(() => company.close());

  it.each([
    ['an unknown command', ['snyc'], /unknown command 'snyc'[\s\S]*sync/],
    ['an unknown option', ['sync', '--aply'], /unknown option '--aply'[\s\S]*--apply/],
    ['a missing argument', ['explain'], /name an account/],
    ['a number that is none', ['explain', '--nth', 'first'], /'first' is invalid.*whole number/],
    ['an instant that is none', ['plan', '--now', 'yesterday'], /'yesterday' is invalid.*ISO 8601/],
    ['too many arguments', ['plan', 'everything'], /too many arguments/],
  ])('%s is answered in words, with exit code 2', async (_what, args, words) => {
    const plain = await company.truenorth(...args);
    expect({ exit: plain.exit, out: plain.out }).toEqual({ exit: 2, out: '' });
    expect(plain.err).toMatch(words);
    expect(plain.err).not.toMatch(/^\s+at /m);
    const asked = await company.truenorth(...args, '--json');
    expect(asked.json()).toMatchObject({ status: 'failed', error: { code: 'USAGE', kind: 'Config' } });
    expect(asked.json().error.message).toMatch(words);
    expect(asked.json().error.actions).toHaveLength(1);
  });

  it('an account that does not exist, or a position behind the last, is answered with what may be given', async () => {
    await company.truenorth('plan');
    for (const asked of [['Nobody Ltd'], ['--nth', '99'], ['--nth', '0']]) {
      expectOneError(await company.truenorth('explain', ...asked, '--json'), {
        exit: 2,
        code: 'ACCOUNT_NOT_FOUND',
        says: /No account .* is known here/,
        todo: /15 or 18 characters/,
      });
    }
  });
});

describe('a data export', () => {
  const GOOD = '001000000000001AAA,Acme\n001000000000002AAA,"Beta ""North"" Ltd"\n';
  const HEADS = [
    [`001000000000003AAA,Gamma,too many\n${GOOD}`, ['Acme', 'Beta "North" Ltd']],
    [`001000000000003AAA,Gamma\n${GOOD}`, ['Acme', 'Beta "North" Ltd', 'Gamma']],
  ] as const;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'truenorth-export-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (rows: string): void => writeFileSync(join(folder, 'Account.csv'), `Id,Name\n${rows}`);

  it('with a malformed row names file, line and reason, and what to do', async () => {
    write(HEADS[0][0]);
    const serving = startTruenorth('sandbox', '--load', folder, '--json');
    await serving.says(/start again/);
    serving.stop();
    const { exit, out, err } = await serving.ended;
    expect(exit).toBe(0);
    expect(JSON.parse(out).refused).toMatchObject([{ file: 'Account.csv', line: 2 }]);
    expect(err).toMatch(/1 row of the export could not be taken in, the first in Account\.csv line 2: .+\./);
    expect(err).toMatch(/→ All others are served\. Correct the lines named in the notes/);
  });

  it('with a malformed row serves the others, and the row once it is mended', async () => {
    for (const [rows, names] of HEADS) {
      write(rows);
      const company = await aCompany({ loadDir: folder });
      const found = await company.soql('SELECT Name FROM Account ORDER BY Name');
      expect(found.map(({ Name }) => Name)).toEqual(names);
      await company.close();
    }
  });

  it.each([
    ['that is not there', 'nowhere', /nowhere is no folder/],
    ['without a CSV file', '.', /holds no CSV file/],
    ['whose file has no Id column', 'Account', /Account\.csv has no Id column/],
  ])('%s is refused in words', async (_what, name, says) => {
    const dir = mkdtempSync(join(folder, 'case-'));
    if (name === 'Account') writeFileSync(join(dir, 'Account.csv'), 'Name\nAcme\n');
    const load = name === 'nowhere' ? join(dir, name) : dir;
    expectOneError(await typed(['sandbox', '--load', load, '--json']), {
      exit: 2,
      code: 'SANDBOX_NO_EXPORT',
      says,
      todo: /a folder with one CSV file per object/,
    });
  });
});

describe('the embedded servers', () => {
  it('on a port that is taken say so', async () => {
    const company = await aCompany({ accounts: 1 });
    const { port } = new URL(company.sandbox.salesforce.url);
    expectOneError(await typed(['sandbox', '--accounts', '1', '--port', port, '--json']), {
      exit: 2,
      code: 'SANDBOX_PORT_TAKEN',
      says: new RegExp(`Port ${port}`),
      todo: /--port/,
    });
    await company.close();
  });

  it('are reached through an env file, and one that is not there is named', async () => {
    expectOneError(await typed(['plan', '--env-file', 'nowhere.env', '--json']), {
      exit: 2,
      code: 'CONFIG_INVALID',
      says: /nowhere\.env the env file can’t be read/,
      todo: /Correct/,
    });
  });
});
