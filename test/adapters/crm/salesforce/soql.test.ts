import { describe, expect, it } from '@jest/globals';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import * as soql from '../../../../src/adapters/crm/salesforce/soql.js';
import { datetime, name, oneOf, quote, select, since } from '../../../../src/adapters/crm/salesforce/soql.js';

const STAMP = Date.UTC(2025, 0, 31, 12, 34, 56);

describe('quote', () => {
  it('escapes what would end or change a literal', () => {
    expect(quote(`O'Reilly\\' OR Name LIKE '%`)).toBe(`'O\\'Reilly\\\\\\' OR Name LIKE \\'%'`);
    expect(quote('a\nb\r\tc"\b\f')).toBe(`'a\\nb\\r\\tc\\"\\b\\f'`);
  });

  it('keeps any text inside one literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const literal = quote(text).slice(1, -1);
        expect(literal.replace(/\\[\\'"nrtbf]/g, '')).not.toMatch(/[\\'"\n\r\t\b\f]/);
        expect(unescaped(literal)).toBe(text);
      }),
    );
  });

  it('cannot be left by a hostile text', () => {
    const soql = select({
      object: 'Account',
      fields: ['Id'],
      conditions: [oneOf('Name', [`x') OR (Name != '`])],
    });
    const where = parseQuery(soql).where;
    expect(where).toMatchObject({ left: { operator: 'IN' } });
    expect(where).not.toHaveProperty('right');
  });
});

function unescaped(literal: string): string {
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return literal.replace(/\\(.)/g, (_, letter: string) => plain[letter] ?? letter);
}

describe('name', () => {
  it.each(['Account', 'Owner.Email', 'Foo__r.Bar__c', 'ns__Foo__c'])('accepts %s', (path) => {
    expect(name(path)).toBe(path);
  });

  it.each(['', '1a', 'Id FROM User', 'a.b.c.d.e.f.g', 'Name,Id', "x'"])('refuses %p', (path) => {
    expect(() => name(path)).toThrow(expect.objectContaining({ kind: 'Config', code: 'SF_BAD_NAME' }));
  });
});

describe('select', () => {
  it('joins conditions in brackets, so that an OR of the admin stays where it is', () => {
    const soql = select({
      object: 'Case',
      fields: ['Id', 'Status', 'Id'],
      conditions: ["Status = 'New' OR Status = 'Open'", since('SystemModstamp', STAMP), null],
      orderBy: ['SystemModstamp', 'Id'],
      limit: 5,
    });
    expect(soql).toBe(
      "SELECT Id, Status FROM Case WHERE (Status = 'New' OR Status = 'Open') AND " +
        '(SystemModstamp >= 2025-01-31T12:34:56.000Z) ORDER BY SystemModstamp, Id LIMIT 5',
    );
  });

  it('needs no WHERE without conditions', () => {
    expect(select({ object: 'User', fields: ['Id'], conditions: [null] })).toBe('SELECT Id FROM User');
  });
});

describe('after', () => {
  it('continues among equal stamps by id', () => {
    expect(soql.after('SystemModstamp', { stamp: STAMP, id: '001000000000001AAA' })).toBe(
      `SystemModstamp > ${datetime(STAMP)} OR (SystemModstamp = ${datetime(STAMP)} AND Id > '001000000000001AAA')`,
    );
    expect(soql.after('SystemModstamp', null)).toBeNull();
  });
});
