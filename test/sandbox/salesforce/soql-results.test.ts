import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeId } from '../../../src/sandbox/salesforce/ids.js';
import type { Row } from '../../../src/sandbox/salesforce/schema/types.js';
import { runSoql } from '../../../src/sandbox/salesforce/soql/run-soql.js';
import type { Org } from '../../../src/sandbox/salesforce/store/org.js';
import { aCaller, anOrg, baseOf } from './org-builder.js';

const account = (n: number, values: Row = {}): Row => ({
  Id: makeId('001', n),
  Name: `Account ${n}`,
  IsDeleted: false,
  CreatedDate: '2026-01-01T00:00:00.000Z',
  SystemModstamp: '2026-01-01T00:00:00.000Z',
  ...values,
});

const contact = (n: number, accountN: number, values: Row = {}): Row => ({
  Id: makeId('003', n),
  AccountId: makeId('001', accountN),
  FirstName: 'Pat',
  LastName: `Person ${n}`,
  IsDeleted: false,
  CreatedDate: '2026-01-01T00:00:00.000Z',
  SystemModstamp: '2026-01-01T00:00:00.000Z',
  ...values,
});

function orgWith(accounts: readonly Row[], contacts: readonly Row[] = []): Org {
  return anOrg({
    rows: new Map([
      ['Account', baseOf(accounts)],
      ['Contact', baseOf(contacts)],
    ]),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: records are what a client would read
function records(org: Org, soql: string, all = false): any[] {
  const result = runSoql(org, aCaller(org), soql, { all });
  return [...result.records(0, result.total)];
}

describe('Relationships', () => {
  const org = orgWith(
    [account(1), account(2, { ParentId: makeId('001', 1) })],
    [contact(1, 2), contact(2, 2, { Email: 'b@example.com' }), contact(3, 1)],
  );

  it('shows parents as nested records, and null where there is none', () => {
    const [first, second] = records(
      org,
      'SELECT Name, Parent.Name, Parent.Parent.Name FROM Account ORDER BY Name',
    );
    expect(first.Parent).toBeNull();
    expect(second.Parent).toMatchObject({ attributes: { type: 'Account' }, Name: 'Account 1', Parent: null });
  });

  it('filters by a path of parents', () => {
    expect(records(org, "SELECT Id FROM Contact WHERE Account.Parent.Name = 'account 1'")).toHaveLength(2);
  });

  it('shows children as a result of their own, with filter, order and limit, and null where there is none', () => {
    const soql =
      'SELECT Name, (SELECT Name FROM Contacts WHERE Email = null ORDER BY Name DESC LIMIT 1) FROM Account ORDER BY Name';
    const [first, second] = records(org, soql);
    expect(first.Contacts.records).toEqual([expect.objectContaining({ Name: 'Pat Person 3' })]);
    expect(second.Contacts).toMatchObject({ totalSize: 1, done: true });
    expect(records(org, 'SELECT Id, (SELECT Id FROM Cases) FROM Account')[0].Cases).toBeNull();
  });

  it('joins by ids of another object, both ways', () => {
    const having = records(
      org,
      'SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Email != null)',
    );
    expect(having.map((one) => one.Name)).toEqual(['Account 2']);
    const without = records(
      org,
      'SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact WHERE Email != null)',
    );
    expect(without.map((one) => one.Name)).toEqual(['Account 1']);
  });

  it('chooses the fields of a polymorphic parent by its type', () => {
    const whole = orgWith([account(1)], [contact(1, 1)]);
    whole.plant('Task', { Subject: 'Call', WhatId: makeId('001', 1) });
    const [task] = records(whole, 'SELECT TYPEOF What WHEN Account THEN Name, Phone ELSE Name END FROM Task');
    expect(task.What).toMatchObject({ attributes: { type: 'Account' }, Name: 'Account 1', Phone: null });
    expect(records(whole, "SELECT Id FROM Task WHERE What.Type = 'Account'")).toHaveLength(1);
  });
});

describe('Order', () => {
  const rows = [3, null, 1, 2, null].map((score, at) => account(at + 1, { Score__c: score }));
  const scores = (clause: string): unknown[] =>
    records(orgWith(rows), `SELECT Score__c FROM Account ORDER BY Score__c ${clause}`).map(
      (one) => one.Score__c,
    );

  it('puts nulls first unless told otherwise', () => {
    expect(scores('')).toEqual([null, null, 1, 2, 3]);
    expect(scores('DESC NULLS LAST')).toEqual([3, 2, 1, null, null]);
    expect(scores('ASC NULLS LAST')).toEqual([1, 2, 3, null, null]);
  });

  it('cuts to LIMIT and OFFSET after ordering', () => {
    expect(scores('ASC NULLS LAST LIMIT 2 OFFSET 1')).toEqual([2, 3]);
  });
});

describe('Groups', () => {
  it('sums, counts and averages as a walk over the rows does', () => {
    const aScore = fc.tuple(
      fc.constantFrom('Hot', 'Cold', null),
      fc.option(fc.integer({ min: -50, max: 50 }), { nil: null }),
    );
    fc.assert(
      fc.property(fc.array(aScore, { maxLength: 15 }), (drawn) => {
        const rows = drawn.map(([Rating, Score__c], at) => account(at + 1, { Rating, Score__c }));
        const groups = records(
          orgWith(rows),
          'SELECT Rating, COUNT(Id) n, COUNT(Score__c) filled, SUM(Score__c) total, MIN(Score__c) low, MAX(Score__c) high FROM Account GROUP BY Rating',
        );
        for (const group of groups) {
          const mine = rows.filter((row) => row.Rating === group.Rating);
          const filled = mine.map((row) => row.Score__c).filter((value) => typeof value === 'number');
          expect(group).toMatchObject({
            n: mine.length,
            filled: filled.length,
            total: filled.length === 0 ? null : filled.reduce((sum, value) => sum + value, 0),
            low: filled.length === 0 ? null : Math.min(...filled),
            high: filled.length === 0 ? null : Math.max(...filled),
          });
        }
        expect(groups).toHaveLength(new Set(rows.map((row) => row.Rating)).size);
      }),
      { numRuns: 60 },
    );
  });

  it('are one without GROUP BY, even over no rows', () => {
    const counts = (accounts: readonly Row[]) =>
      records(orgWith(accounts), 'SELECT COUNT(Id) n, SUM(Score__c) total FROM Account').map(
        ({ n, total }) => [n, total],
      );
    expect(counts([account(1, { Score__c: 5 }), account(2)])).toEqual([[2, 5]]);
    expect(counts([])).toEqual([[0, null]]);
  });

  it('keeps the groups that HAVING asks for, and adds subtotals with ROLLUP', () => {
    const rows = ['Hot', 'Hot', 'Cold'].map((Rating, at) => account(at + 1, { Rating }));
    const hot = records(
      orgWith(rows),
      'SELECT Rating, COUNT(Id) FROM Account GROUP BY Rating HAVING COUNT(Id) > 1',
    );
    expect(hot).toEqual([{ attributes: { type: 'AggregateResult' }, Rating: 'Hot', expr0: 2 }]);
    const rolled = records(
      orgWith(rows),
      'SELECT Rating, COUNT(Id) n FROM Account GROUP BY ROLLUP(Rating) ORDER BY COUNT(Id)',
    );
    expect(rolled.map((one) => [one.Rating, one.n])).toEqual([
      ['Cold', 1],
      ['Hot', 2],
      [null, 3],
    ]);
  });

  it('refuses a field that is neither grouped nor aggregated', () => {
    expect(() => records(orgWith([]), 'SELECT Name, COUNT(Id) FROM Account GROUP BY Rating')).toThrow(
      /must be grouped or aggregated/,
    );
  });
});

describe('What is in sight', () => {
  it('leaves recycled rows to queryAll', () => {
    const org = orgWith([account(1), account(2, { IsDeleted: true })]);
    expect(records(org, 'SELECT Id FROM Account')).toHaveLength(1);
    expect(records(org, 'SELECT Id FROM Account', true)).toHaveLength(2);
    expect(runSoql(org, aCaller(org), 'SELECT COUNT() FROM Account').total).toBe(1);
  });

  it('reads a field that the row lacks as derived or default', () => {
    const org = orgWith([account(1)], [contact(1, 1)]);
    expect(records(org, 'SELECT Name, HasOptedOutOfEmail, LastModifiedDate FROM Contact')[0]).toMatchObject({
      Name: 'Pat Person 1',
      HasOptedOutOfEmail: false,
      LastModifiedDate: '2026-01-01T00:00:00.000+0000',
    });
  });

  it('keeps rows of the future back until the clock gets there', () => {
    const rows = [account(1), account(2, { CreatedDate: '2026-03-10T13:00:00.000Z' })];
    const org = anOrg({ rows: new Map([['Account', baseOf(rows)]]) }, { hideAfterClock: true });
    expect(runSoql(org, aCaller(org), 'SELECT COUNT() FROM Account').total).toBe(1);
    org.clock.advance(2 * 60 * 60 * 1000);
    expect(runSoql(org, aCaller(org), 'SELECT COUNT() FROM Account').total).toBe(2);
  });

  it('hides a custom field from all without a permission set, and shows it to who has one', () => {
    const org = orgWith([account(1)]);
    org.schema.putField('Account', {
      ...(org.schema.find('Account')?.field('Score__c') ?? fail()),
      name: 'New__c',
    });
    const reader = aCaller(org, org.users.integration);
    const soql = 'SELECT New__c FROM Account';
    expect(() => runSoql(org, reader, soql)).toThrow(/No such column 'New__c'/);
    const set = org.plant('PermissionSet', { Name: 'Sync' });
    org.plant('FieldPermissions', {
      ParentId: set,
      SobjectType: 'Account',
      Field: 'Account.New__c',
      PermissionsRead: true,
    });
    org.plant('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: org.users.integration });
    expect(runSoql(org, reader, soql).total).toBe(1);
    expect(() => runSoql(org, aCaller(org), soql)).toThrow(/No such column/);
  });
});

describe('Date literals', () => {
  const at = (stamp: string): Row => account(1, { CreatedDate: stamp, SystemModstamp: stamp });
  // Noon UTC on Tuesday 10 March 2026; the user lives in Auckland, where it is one in the morning of the 11th.
  const orgIn = (timeZone: string, stamp: string): Org =>
    anOrg({ timeZone, rows: new Map([['Account', baseOf([at(stamp)])]]) });
  const hits = (timeZone: string, stamp: string, literal: string): boolean =>
    records(orgIn(timeZone, stamp), `SELECT Id FROM Account WHERE CreatedDate = ${literal}`).length === 1;

  it('means the day of the one who asks', () => {
    expect(hits('UTC', '2026-03-10T02:00:00.000Z', 'TODAY')).toBe(true);
    expect(hits('Pacific/Auckland', '2026-03-10T02:00:00.000Z', 'TODAY')).toBe(false);
    expect(hits('Pacific/Auckland', '2026-03-10T02:00:00.000Z', 'YESTERDAY')).toBe(true);
    expect(hits('Pacific/Auckland', '2026-03-10T11:30:00.000Z', 'TODAY')).toBe(true);
  });

  it('counts weeks from Sunday and months from the first', () => {
    expect(hits('UTC', '2026-03-08T00:00:00.000Z', 'THIS_WEEK')).toBe(true);
    expect(hits('UTC', '2026-03-07T23:59:59.000Z', 'LAST_WEEK')).toBe(true);
    expect(hits('UTC', '2026-02-28T23:59:59.000Z', 'LAST_MONTH')).toBe(true);
    expect(hits('UTC', '2025-12-31T00:00:00.000Z', 'LAST_QUARTER')).toBe(true);
  });

  it('takes today into LAST_N_DAYS but not into N_DAYS_AGO', () => {
    expect(hits('UTC', '2026-03-10T11:00:00.000Z', 'LAST_N_DAYS:2')).toBe(true);
    expect(hits('UTC', '2026-03-08T00:00:00.000Z', 'LAST_N_DAYS:2')).toBe(true);
    expect(hits('UTC', '2026-03-07T23:59:59.000Z', 'LAST_N_DAYS:2')).toBe(false);
    expect(hits('UTC', '2026-03-08T10:00:00.000Z', 'N_DAYS_AGO:2')).toBe(true);
  });
});

describe('Select lists', () => {
  const org = orgWith([account(1, { Score__c: 5 })]);

  it('expands FIELDS(CUSTOM) only under a limit of 200', () => {
    expect(records(org, 'SELECT FIELDS(CUSTOM) FROM Account LIMIT 200')[0]).toMatchObject({
      Score__c: 5,
      Key__c: null,
    });
    expect(() => records(org, 'SELECT FIELDS(ALL) FROM Account')).toThrow(/LIMIT of at most 200/);
  });

  it('gives pages of 200 once two long texts are asked for', () => {
    const long = (name: string): void => {
      const site = org.schema.find('Account')?.field('Description') ?? fail();
      org.schema.putField('Account', { ...site, name });
      org.access.open('Account', name);
    };
    long('Long__c');
    expect(runSoql(org, aCaller(org), 'SELECT Long__c FROM Account').pageSize).toBe(2_000);
    expect(runSoql(org, aCaller(org), 'SELECT Long__c, Description FROM Account').pageSize).toBe(200);
  });
});

function fail(): never {
  throw new Error('not there');
}
