import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeId } from '../../../src/sandbox/salesforce/ids.js';
import type { Row } from '../../../src/sandbox/salesforce/schema/types.js';
import { runSoql } from '../../../src/sandbox/salesforce/soql/run-soql.js';
import type { Org } from '../../../src/sandbox/salesforce/store/org.js';
import { aCaller, anOrg, baseOf } from './org-builder.js';

/** A condition in SOQL, and what it must mean, worked out the plain way. */
interface Meaning {
  readonly soql: string;
  readonly holds: (row: Row) => boolean;
}

const TEXTS = ['Acme', 'acme', "O'Neil", 'Zeta 100%', 'a_b', null] as const;
const NUMBERS = [-1.5, 0, 7, 100, null] as const;
const STAMPS = ['2026-03-01T00:00:00.000Z', '2026-03-09T23:59:59.000Z', '2026-03-10T11:00:00.000Z'] as const;
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const aRow = fc.record({
  Name: fc.constantFrom(...TEXTS.filter((text) => text !== null)),
  Site: fc.constantFrom(...TEXTS),
  Score__c: fc.constantFrom(...NUMBERS),
  Tier__c: fc.constantFrom('High', 'Low', null),
  SystemModstamp: fc.constantFrom(...STAMPS),
  parent: fc.option(fc.nat({ max: 5 }), { nil: null }),
});

const aBook = fc.array(aRow, { minLength: 1, maxLength: 12 }).map((rows) =>
  rows.map(
    ({ parent, ...row }, at): Row => ({
      ...row,
      Id: makeId('001', at + 1),
      IsDeleted: false,
      CreatedDate: row.SystemModstamp,
      ParentId: parent === null || parent >= rows.length ? null : makeId('001', parent + 1),
    }),
  ),
);

const fold = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : (value ?? null));

const textTest: fc.Arbitrary<Meaning> = fc
  .tuple(
    fc.constantFrom('Name', 'Site'),
    fc.constantFrom('=', '!=', '<', '>='),
    fc.constantFrom('ACME', "o'neil", 'zeta 100%', 'm'),
  )
  .map(([field, operator, text]) => ({
    soql: `${field} ${operator} ${quoted(text)}`,
    holds: (row) => {
      const value = fold(row[field]);
      const wanted = text.toLowerCase();
      if (operator === '=') return value === wanted;
      if (operator === '!=') return value !== wanted;
      if (value === null) return false;
      return operator === '<' ? String(value) < wanted : String(value) >= wanted;
    },
  }));

const numberTest: fc.Arbitrary<Meaning> = fc
  .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.constantFrom(-1.5, 0, 7))
  .map(([operator, wanted]) => ({
    soql: `Score__c ${operator} ${wanted}`,
    holds: (row) => {
      const value = row.Score__c ?? null;
      if (operator === '=') return value === wanted;
      if (operator === '!=') return value !== wanted;
      if (typeof value !== 'number') return false;
      return (
        { '<': value < wanted, '<=': value <= wanted, '>': value > wanted, '>=': value >= wanted }[
          operator
        ] === true
      );
    },
  }));

const nullTest: fc.Arbitrary<Meaning> = fc
  .tuple(fc.constantFrom('Site', 'Score__c', 'ParentId'), fc.boolean())
  .map(([field, isNull]) => ({
    soql: `${field} ${isNull ? '=' : '!='} null`,
    holds: (row) => ((row[field] ?? null) === null) === isNull,
  }));

const listTest: fc.Arbitrary<Meaning> = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom('High', 'Low'), { minLength: 1 }))
  .map(([inside, list]) => ({
    soql: `Tier__c ${inside ? 'IN' : 'NOT IN'} (${list.map(quoted).join(', ')})`,
    holds: (row) => list.some((one) => one === row.Tier__c) === inside,
  }));

const likeTest: fc.Arbitrary<Meaning> = fc.constantFrom<Meaning>(
  { soql: "Name LIKE 'a%'", holds: (row) => String(row.Name).toLowerCase().startsWith('a') },
  { soql: "Name LIKE '%100\\%'", holds: (row) => String(row.Name).endsWith('100%') },
  { soql: "Name LIKE 'a\\_b'", holds: (row) => row.Name === 'a_b' },
  { soql: "Name LIKE '____'", holds: (row) => String(row.Name).length === 4 },
);

const idTest: fc.Arbitrary<Meaning> = fc
  .tuple(fc.constantFrom('Id', 'ParentId'), fc.nat({ max: 6 }), fc.boolean())
  .map(([field, n, short]) => {
    const id = makeId('001', n + 1);
    return { soql: `${field} = '${short ? id.slice(0, 15) : id}'`, holds: (row) => row[field] === id };
  });

const stampTest: fc.Arbitrary<Meaning> = fc
  .tuple(fc.constantFrom('>', '>=', '='), fc.constantFrom(...STAMPS))
  .map(([operator, stamp]) => ({
    soql: `SystemModstamp ${operator} ${stamp.replace('.000', '')}`,
    holds: (row) => {
      const at = String(row.SystemModstamp);
      return { '>': at > stamp, '>=': at >= stamp, '=': at === stamp }[operator] === true;
    },
  }));

const single = fc.oneof(textTest, numberTest, nullTest, listTest, likeTest, idTest, stampTest);

const { condition } = fc.letrec<{ condition: Meaning }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    single,
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((parts) => join('AND', parts)),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((parts) => join('OR', parts)),
    single.map((part): Meaning => ({ soql: `NOT ${part.soql}`, holds: (row) => !part.holds(row) })),
  ),
}));

function join(word: 'AND' | 'OR', parts: readonly Meaning[]): Meaning {
  return {
    soql: parts.map((part) => `(${part.soql})`).join(` ${word} `),
    holds: (row) =>
      word === 'AND' ? parts.every((part) => part.holds(row)) : parts.some((part) => part.holds(row)),
  };
}

function ids(org: Org, soql: string): readonly unknown[] {
  const result = runSoql(org, aCaller(org), soql);
  return [...result.values(0, result.total)].map(([id]) => id);
}

describe('A WHERE clause', () => {
  it('finds the rows that a look at every row finds, whichever index it takes', () => {
    fc.assert(
      fc.property(aBook, condition, (rows, where) => {
        const org = anOrg({ rows: new Map([['Account', baseOf(rows)]]) });
        const found = ids(org, `SELECT Id FROM Account WHERE ${where.soql}`);
        const expected = rows.filter(where.holds).map((row) => row.Id);
        expect([...found].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 150 },
    );
  });

  it('finds the same after every row was moved into the overlay', () => {
    fc.assert(
      fc.property(aBook, condition, (rows, where) => {
        const untouched = anOrg({ rows: new Map([['Account', baseOf(rows)]]) });
        const written = anOrg();
        for (const row of rows) written.table('Account').put(row);
        const query = `SELECT Id FROM Account WHERE ${where.soql}`;
        expect([...ids(written, query)].sort()).toEqual([...ids(untouched, query)].sort());
      }),
      { numRuns: 80 },
    );
  });

  it('pages through equal stamps by keyset without losing or repeating a row', () => {
    fc.assert(
      fc.property(aBook, fc.integer({ min: 1, max: 4 }), (rows, size) => {
        const org = anOrg({ rows: new Map([['Account', baseOf(rows)]]) });
        const seen: unknown[] = [];
        let after: readonly unknown[] = ['1970-01-01T00:00:00.000Z', makeId('001', 0)];
        for (;;) {
          const [stamp, id] = after;
          const where = `(SystemModstamp = ${String(stamp)} AND Id > '${String(id)}') OR SystemModstamp > ${String(stamp)}`;
          const page = runSoql(
            org,
            aCaller(org),
            `SELECT SystemModstamp, Id FROM Account WHERE ${where} ORDER BY SystemModstamp, Id LIMIT ${size}`,
          );
          const values = [...page.values(0, page.total)];
          const last = values.at(-1);
          if (last === undefined) break;
          seen.push(...values.map(([, one]) => one));
          after = last;
        }
        expect([...seen].sort()).toEqual(rows.map((row) => row.Id).sort());
        expect(new Set(seen).size).toBe(rows.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('Conditions that are no conditions', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["Name = 'a' AND Site = 'b' OR Site = 'c'", 'MALFORMED_QUERY', /unexpected token: 'OR'/],
    ["Foo__c = 'a'", 'INVALID_FIELD', /No such column 'Foo__c' on entity 'Account'/],
    [
      "SystemModstamp > '2026-01-01'",
      'INVALID_FIELD',
      /must be of type dateTime and should not be enclosed in quotes/,
    ],
    ["Score__c = 'x'", 'INVALID_FIELD', /must be of type double/],
    ["Description = 'x'", 'INVALID_FIELD', /can not be filtered/],
    ["Nothing__r.Name = 'x'", 'INVALID_FIELD', /Didn't understand relationship 'Nothing__r'/],
    ['Name = ', 'MALFORMED_QUERY', /unexpected token/],
  ];
  it.each(cases)('%s is refused with %s', (where, errorCode, message) => {
    const org = anOrg();
    expect(() => runSoql(org, aCaller(org), `SELECT Id FROM Account WHERE ${where}`)).toThrow(
      expect.objectContaining({ errorCode, message: expect.stringMatching(message) }),
    );
  });
});
