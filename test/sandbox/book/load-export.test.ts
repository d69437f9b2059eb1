import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type LoadedBook, loadExport } from '../../../src/sandbox/book/load-export.js';
import type { BaseRows } from '../../../src/sandbox/salesforce/store/base-rows.js';

const PUBLIC_BOOKS = join(process.cwd(), '../shared/data');
const folders: string[] = [];

afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true });
});

function anExport(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'export-'));
  folders.push(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

function rowsOf(book: LoadedBook, object: string): BaseRows {
  const rows = book.rows.get(object);
  if (rows === undefined) throw new Error(`no rows of ${object}`);
  return rows;
}

function typesOf(book: LoadedBook, object: string): Readonly<Record<string, string>> {
  const fields =
    book.customFields.get(object) ?? book.customObjects.find((one) => one.name === object)?.fields ?? [];
  return Object.fromEntries(fields.map((field) => [field.name, field.type]));
}

const A1 = '001000000000001AAA';
const A2 = '001000000000002AAA';

describe('a loaded export', () => {
  const ACCOUNTS = [
    '"Id","Name","ARR__c","Since__c","Seen__c","Trial__c","Plan__c","Notes__c","IsDeleted","SystemModstamp"',
    ...[1, 2, 3, 4, 5, 6].map(
      (n) =>
        `"00100000000000${n}AAA","Nr ""${n}""","${n}.5","2024-01-0${n}","2024-01-0${n}T10:00:00.000+0000","${n > 3}","${n > 2 ? 'Pro' : 'Basic'}","${'x'.repeat(n * 60)}","false","2024-02-0${n}T00:00:00Z"`,
    ),
  ].join('\n');

  it('infers the type of each column that is not standard', () => {
    expect(typesOf(loadExport(anExport({ 'Account.csv': ACCOUNTS })), 'Account')).toEqual({
      ARR__c: 'double',
      Since__c: 'date',
      Seen__c: 'datetime',
      Trial__c: 'boolean',
      Plan__c: 'picklist',
      Notes__c: 'textarea',
    });
  });

  it('gives rows with values of those types', () => {
    const rows = rowsOf(loadExport(anExport({ 'Account.csv': ACCOUNTS })), 'Account');
    expect(rows.rowAt(rows.indexOf(A2))).toMatchObject({
      Id: A2,
      Name: 'Nr "2"',
      ARR__c: 2.5,
      Since__c: '2024-01-02',
      Seen__c: '2024-01-02T10:00:00.000Z',
      Trial__c: false,
      IsDeleted: false,
      SystemModstamp: '2024-02-02T00:00:00.000Z',
      CreatedDate: '2024-02-02T00:00:00.000Z',
    });
    expect(rows.newestStamp).toBe('2024-02-06T00:00:00.000Z');
  });

  it('dates rows that do not say when they were written as it is told to', () => {
    const text = `Id,Name,CreatedDate,LastModifiedDate\n${A1},a,2024-01-01T00:00:00Z,\n${A2},b,2024-01-01T00:00:00Z,2024-01-05T00:00:00Z`;
    const dir = anExport({ 'Account.csv': text });
    const stampOf = (book: LoadedBook, id: string) => {
      const rows = rowsOf(book, 'Account');
      return rows.rowAt(rows.indexOf(id)).SystemModstamp;
    };
    const asMade = loadExport(dir);
    expect([stampOf(asMade, A1), stampOf(asMade, A2)]).toEqual([
      '2024-01-01T00:00:00.000Z',
      '2024-01-05T00:00:00.000Z',
    ]);
    const told = loadExport(dir, { undatedAs: '2024-03-01T00:00:00.000Z' });
    expect([stampOf(told, A1), stampOf(told, A2)]).toEqual([
      '2024-03-01T00:00:00.000Z',
      '2024-01-05T00:00:00.000Z',
    ]);
    expect([told.undated, told.newest]).toEqual([
      [{ file: 'Account.csv', rows: 1 }],
      Date.parse('2024-01-05T00:00:00Z'),
    ]);
    const hidden = loadExport(dir, { hideAfter: '2024-01-03T00:00:00Z' });
    expect(rowsOf(hidden, 'Account').count).toBe(1);
  });

  it('refuses what is called a CSV file and is none', () => {
    const dir = anExport({ 'Account.csv': ACCOUNTS });
    mkdirSync(join(dir, 'Case.csv'));
    expect(() => loadExport(dir)).toThrow(/Case\.csv is no file that can be read/);
  });

  it('keeps rows stamped after the horizon out of sight', () => {
    const book = loadExport(anExport({ 'Account.csv': ACCOUNTS }), { hideAfter: '2024-02-03T00:00:00Z' });
    expect(rowsOf(book, 'Account').count).toBe(3);
    expect(book.notes).toContain('Account: 3 rows taken in, 0 refused, 3 out of sight.');
  });

  it('makes custom objects with references found by key prefix', () => {
    const usage = `Id,Account__c,Count__c\na01000000000001AAA,${A1},3\na01000000000002AAA,${A2},\na01000000000003AAA,${A1},1`;
    const book = loadExport(anExport({ 'Account.csv': ACCOUNTS, 'Usage__c.csv': usage }));
    const object = book.customObjects[0];
    expect(object).toMatchObject({ name: 'Usage__c', keyPrefix: 'a01', custom: true });
    expect(object?.fields.find((field) => field.name === 'Account__c')).toMatchObject({
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Account__r',
    });
    expect(rowsOf(book, 'Usage__c').childrenOf('Account__c', A1)).toEqual([0, 2]);
    expect(rowsOf(book, 'Usage__c').rowAt(1).Count__c).toBeNull();
  });

  it('takes a currency column for several currencies', () => {
    const book = loadExport(anExport({ 'Account.csv': `Id,Name,CurrencyIsoCode\n${A1},a,GBP\n${A2},b,GBP` }));
    expect([book.multiCurrency, book.currency]).toEqual([true, 'GBP']);
  });
});

describe('a row that is no good', () => {
  const refusals = (rows: string): readonly string[] => {
    const book = loadExport(
      anExport({ 'Account.csv': `Id,Name,NumberOfEmployees\n${rows}\n${A2},last,7\n` }),
    );
    expect(rowsOf(book, 'Account').indexOf(A2)).toBeGreaterThanOrEqual(0);
    return book.refused.map((row) => `${row.file}:${row.line} ${row.reason}`);
  };

  it('is refused with file, line and reason, and the others are kept', () => {
    expect(refusals(`${A1},too,1,many`)).toEqual(['Account.csv:2 4 values for 3 columns']);
    expect(refusals('42,x,1')).toEqual(["Account.csv:2 the Id '42' is none"]);
    expect(refusals(`${A1},x,many`)).toEqual(["Account.csv:2 NumberOfEmployees 'many' is no number"]);
    expect(refusals(`${A1},x,1\n${A1},y,1`)).toEqual([`Account.csv:3 the Id ${A1} came before`]);
    expect(refusals(`${A1},"x"y,1`)).toEqual(['Account.csv:2 text after the closing quote of a value']);
    expect(refusals(`${A1},"x,1`)).toEqual(['Account.csv:2 a quoted value never ends']);
  });

  it('is named in the notes, and counted', () => {
    const book = loadExport(anExport({ 'Account.csv': `Id,Name\nx,y\n${A1},z` }));
    expect(book.notes).toEqual([
      'Account: 1 rows taken in, 1 refused, 0 out of sight.',
      "Account.csv line 2: refused, the Id 'x' is none.",
    ]);
  });

  it('does not shift the line numbers after values that span lines', () => {
    expect(refusals(`${A1},"one\ntwo",1\nbad,x,1`)).toEqual(["Account.csv:4 the Id 'bad' is none"]);
  });
});

describe('a folder that is no export', () => {
  it('is refused with what is wrong', () => {
    expect(() => loadExport('/nowhere/at/all')).toThrow('is no folder');
    expect(() => loadExport(anExport({}))).toThrow('holds no CSV file');
    expect(() => loadExport(anExport({ 'Account.csv': 'Name\nx' }))).toThrow('Account.csv has no Id column');
    expect(() => loadExport(anExport({ 'Account.csv': `Id\n${A1}` }), { hideAfter: 'soon' })).toThrow(
      'no ISO instant',
    );
  });
});

const here = existsSync(PUBLIC_BOOKS);
if (!here) process.stderr.write(`skipped: the public books are not on this machine\n`);
const onBooks = here ? describe : describe.skip; // reason: the public data is not shipped with the project
onBooks('the public books', () => {
  it.each([
    ['ravenstack', { Account: 500, Opportunity: 5_486, Case: 2_000, Feature_Usage__c: 25_000, User: 1 }],
    ['telco', { Account: 7_043, Opportunity: 7_043, User: 1 }],
    ['retail', { Account: 3_360, Opportunity: 11_415, Case: 2_427, User: 1 }],
    ['incidents', { Account: 5_245, Case: 24_918, User: 1 }],
  ])('load whole: %s', (name, counts) => {
    const book = loadExport(join(PUBLIC_BOOKS, `${name}-export`));
    expect(Object.fromEntries([...book.rows].map(([object, rows]) => [object, rows.count]))).toEqual(counts);
    expect(book.refused).toEqual([]);
  });
});
