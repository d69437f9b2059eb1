import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateBook } from '../../../src/sandbox/book/generate-book.js';
import type { Row } from '../../../src/sandbox/salesforce/schema/types.js';
import type { BaseRows, Book } from '../../../src/sandbox/salesforce/store/base-rows.js';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;

function aBook(accounts: number, seed = 7): Book {
  return generateBook({ accounts, seed, now: NOW });
}

function rowsOf(book: Book, object: string): BaseRows {
  const rows = book.rows.get(object);
  if (rows === undefined) throw new Error(`no rows of ${object}`);
  return rows;
}

function all(book: Book, object: string): readonly Row[] {
  const rows = rowsOf(book, object);
  return Array.from({ length: rows.count }, (_, index) => rows.rowAt(index));
}

const BOOK = aBook(320);
const PARENT: Readonly<Record<string, string>> = {
  Contact: 'AccountId',
  Case: 'AccountId',
  Opportunity: 'AccountId',
  Task: 'AccountId',
  Event: 'AccountId',
  Product_Usage__c: 'Account__c',
  Survey_Response__c: 'Account__c',
};

describe('a generated book', () => {
  it('holds exactly three cases, two opportunities and two contacts per account', () => {
    for (const accounts of [1, 63, 64, 65, 1_000]) {
      const book = aBook(accounts);
      expect(rowsOf(book, 'Case').count).toBe(3 * accounts);
      expect(rowsOf(book, 'Opportunity').count).toBe(2 * accounts);
      expect(rowsOf(book, 'Contact').count).toBe(2 * accounts);
    }
  });

  it('opens a hundred thousand accounts without computing their rows', () => {
    const book = aBook(100_000);
    expect(rowsOf(book, 'Case').count).toBe(300_000);
    expect(rowsOf(book, 'Opportunity').count).toBe(200_000);
    expect(rowsOf(book, 'Account').rowAt(99_999).Name).toEqual(expect.any(String));
  });

  it('gives an equal row each time, and another book for another seed', () => {
    const again = aBook(320);
    const other = aBook(320, 8);
    for (const [object, rows] of BOOK.rows) {
      const index = rows.count >> 1;
      expect(rowsOf(again, object).rowAt(index)).toEqual(rows.rowAt(index));
    }
    expect(all(other, 'Account').map((row) => row.Name)).not.toEqual(
      all(BOOK, 'Account').map((row) => row.Name),
    );
  });

  it.each([...BOOK.rows.keys()])('finds each row of %s by its own id', (object) => {
    const rows = rowsOf(BOOK, object);
    fc.assert(
      fc.property(fc.nat(rows.count - 1), (index) => rows.indexOf(String(rows.rowAt(index).Id)) === index),
      { numRuns: 200 },
    );
    expect(rows.indexOf('001000000000000AAA')).toBe(-1);
    expect(rows.indexOf('nonsense')).toBe(-1);
  });

  it.each(Object.keys(PARENT))('knows the %s rows of each account, every row once', (object) => {
    const rows = rowsOf(BOOK, object);
    const field = PARENT[object] ?? '';
    const ids = all(BOOK, 'Account').map((row) => String(row.Id));
    const seen = ids.flatMap((id) => (rows.childrenOf(field, id) ?? []).map((index) => [index, id] as const));
    expect(seen.map(([index]) => index)).toEqual(Array.from({ length: rows.count }, (_, index) => index));
    expect(seen.every(([index, id]) => rows.rowAt(index)[field] === id)).toBe(true);
  });

  it('names subsidiaries as the rows themselves do', () => {
    const accounts = rowsOf(BOOK, 'Account');
    const byRow = all(BOOK, 'Account').flatMap((row, index) =>
      row.ParentId === null ? [] : [[row.ParentId, index]],
    );
    const byParent = all(BOOK, 'Account').flatMap((row) =>
      (accounts.childrenOf('ParentId', String(row.Id)) ?? []).map((index) => [row.Id, index]),
    );
    expect(byParent).toEqual(byRow);
    expect(byRow.length).toBeGreaterThan(5);
  });

  it.each([...BOOK.rows.keys()])(
    'stamps no %s row before it was made or after the newest stamp',
    (object) => {
      const { newestStamp } = rowsOf(BOOK, object);
      for (const row of all(BOOK, object)) {
        expect(String(row.SystemModstamp) <= newestStamp).toBe(true);
        expect(String(row.CreatedDate) <= String(row.SystemModstamp)).toBe(true);
        expect(String(row.SystemModstamp)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
      }
    },
  );
});

describe('its accounts', () => {
  const accounts = all(aBook(4_000), 'Account');
  const revenue = accounts.map((row) => Number(row.ARR__c)).sort((a, b) => b - a);
  const share = (part: (row: Row) => boolean): number => accounts.filter(part).length / accounts.length;

  it('earn most of the revenue with a fifth of them', () => {
    const total = revenue.reduce((sum, one) => sum + one, 0);
    const top = revenue.slice(0, revenue.length / 5).reduce((sum, one) => sum + one, 0);
    expect(top / total).toBeGreaterThan(0.6);
    expect(revenue.filter((one) => one >= 100_000).length).toBeGreaterThan(40);
  });

  it('are partly churned, partly without revenue, and named untidily', () => {
    expect(share((row) => row.Churned__c === true)).toBeGreaterThan(0.03);
    expect(share((row) => row.Churned__c === true)).toBeLessThan(0.15);
    expect(share((row) => row.ARR__c === null)).toBeGreaterThan(0.02);
    expect(share((row) => String(row.Name).trim() !== row.Name)).toBeGreaterThan(0);
    expect(share((row) => /[^ -~]/.test(String(row.Name)))).toBeGreaterThan(0.01);
  });

  it('send telemetry in three of four cases', () => {
    const book = aBook(2_000);
    const usage = rowsOf(book, 'Product_Usage__c');
    const open = all(book, 'Account').filter((row) => row.Churned__c === false);
    const silent = open.filter((row) => usage.childrenOf('Account__c', String(row.Id))?.length === 0);
    expect(silent.length / open.length).toBeGreaterThan(0.2);
    expect(silent.length / open.length).toBeLessThan(0.3);
  });
});

describe('what an account goes through', () => {
  const book = aBook(2_000);
  const accounts = all(book, 'Account').filter((row) => row.Churned__c === false);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const of = (object: string, field: string, id: unknown): readonly Row[] => {
    const rows = rowsOf(book, object);
    return (rows.childrenOf(field, String(id)) ?? []).map((index) => rows.rowAt(index));
  };
  const licenceUse = (row: Row): number | null => {
    const weeks = of('Product_Usage__c', 'Account__c', row.Id).slice(-4);
    const seats = Number(row.Seats__c);
    return weeks.length === 0 || seats < 10
      ? null
      : mean(weeks.map((one) => Number(one.Active_Users__c))) / seats;
  };
  const nps = (row: Row): readonly number[] =>
    of('Survey_Response__c', 'Account__c', row.Id)
      .filter((one) => String(one.Kind__c).toLowerCase() === 'nps')
      .map((one) => Number(one.Score__c));
  const used = accounts.flatMap((row) => {
    const use = licenceUse(row);
    return use === null ? [] : [{ row, use }];
  });
  const busy = used.filter(({ use }) => use > 0.7);
  const idle = used.filter(({ use }) => use < 0.25);

  it('shows in usage, cases and surveys alike', () => {
    const openCases = ({ row }: { readonly row: Row }): number =>
      of('Case', 'AccountId', row.Id).filter((one) => one.IsClosed === false).length;
    expect(Math.min(busy.length, idle.length)).toBeGreaterThan(40);
    expect(mean(idle.map(openCases))).toBeGreaterThan(3 * mean(busy.map(openCases)));
    expect(mean(busy.flatMap(({ row }) => nps(row)))).toBeGreaterThan(
      2 + mean(idle.flatMap(({ row }) => nps(row))),
    );
  });

  it('is hidden by usage in some: many use it, and are unhappy', () => {
    const melons = busy.filter(({ row }) => nps(row).length > 0 && mean(nps(row)) <= 4);
    expect(melons.length).toBeGreaterThan(5);
    expect(melons.length).toBeLessThan(busy.length / 4);
  });
});

describe('work for the playbooks', () => {
  const openedAgo = (row: Row): number => (NOW - Date.parse(String(row.CreatedDate))) / DAY;

  it('has accounts whose fourth case in thirty days came in the last three', () => {
    const byAccount = Map.groupBy(all(aBook(2_000), 'Case'), (row) => row.AccountId);
    const surging = [...byAccount.values()].filter((cases) => {
      const recent = cases.map(openedAgo).filter((ago) => ago < 30);
      return recent.length >= 4 && recent.sort((a, b) => b - a)[3] !== undefined && (recent[3] ?? 9) < 3;
    });
    expect(surging.length).toBeGreaterThanOrEqual(9);
    expect(surging.length).toBeLessThan(60);
  });

  it('has new users of 7 to 10 days who never logged in, some of them out of reach', () => {
    const fresh = all(aBook(4_000), 'Contact').filter((row) => {
      const ago = (NOW - Date.parse(String(row.Product_User_Since__c))) / DAY;
      return row.Last_Login__c === null && ago >= 7 && ago < 11;
    });
    expect(fresh.length).toBeGreaterThan(80);
    expect(fresh.some((row) => row.HasOptedOutOfEmail === true)).toBe(true);
    expect(fresh.some((row) => row.EmailBouncedDate !== null)).toBe(true);
    expect(fresh.some((row) => row.Email === null)).toBe(true);
  });
});

it('leaves out the objects that this vendor does not have', () => {
  const book = generateBook({ accounts: 10, seed: 1, now: NOW, without: ['survey_response__c', 'Case'] });
  expect(book.rows.has('Case')).toBe(false);
  expect(book.customObjects.map((object) => object.name)).toEqual(['Product_Usage__c']);
});
