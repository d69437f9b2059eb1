import { describe, expect, it } from '@jest/globals';
import { applyDml } from '../../../src/sandbox/salesforce/dml/apply-dml.js';
import type { DmlRequest, DmlResult, DmlRow } from '../../../src/sandbox/salesforce/dml/contract.js';
import { mergeRecords } from '../../../src/sandbox/salesforce/merge.js';
import { addRule } from '../../../src/sandbox/salesforce/rules.js';
import type { Org } from '../../../src/sandbox/salesforce/store/org.js';
import { aCaller, anOrg } from './org-builder.js';

type Write = Partial<DmlRequest> & { readonly rows: readonly DmlRow[] };

function write(org: Org, request: Write, caller = aCaller(org)): readonly DmlResult[] {
  return applyDml(org, caller, { operation: 'insert', object: 'Account', ...request });
}

function inserted(org: Org, row: DmlRow, object = 'Account'): string {
  const [result] = write(org, { object, rows: [row] });
  if (result?.success !== true) throw new Error(result?.errors[0]?.message);
  return String(result.id);
}

const stored = (org: Org, id: string, object = 'Account') => org.table(object).get(id);
const codes = (results: readonly DmlResult[]): readonly unknown[] =>
  results.map((one) => one.errors[0]?.statusCode ?? 'ok');

describe('A row is refused', () => {
  const cases: readonly (readonly [string, DmlRow, RegExp])[] = [
    ['REQUIRED_FIELD_MISSING', { Industry: 'Media' }, /^Required fields are missing: \[Name\]$/],
    [
      'STRING_TOO_LONG',
      { Name: 'x'.repeat(256) },
      /^Account Name: data value too large: .* \(max length=255\)$/,
    ],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      { Name: 'a', Tier__c: 'Middle' },
      /bad value for restricted picklist field: Middle/,
    ],
    ['NUMBER_OUTSIDE_VALID_RANGE', { Name: 'a', Score__c: 123_456 }, /value outside of valid range/],
    ['INVALID_TYPE_ON_FIELD_IN_RECORD', { Name: 'a', Score__c: 'many' }, /value not of required type/],
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      { Name: 'a', SystemModstamp: '2020-01-01T00:00:00Z' },
      /Unable to create\/update fields: SystemModstamp/,
    ],
    ['MALFORMED_ID', { Name: 'a', ParentId: 'nonsense' }, /id value of incorrect type: nonsense/],
    [
      'FIELD_INTEGRITY_EXCEPTION',
      { Name: 'a', ParentId: '003000000000001AAA' },
      /id value of incorrect type/,
    ],
    [
      'INVALID_CROSS_REFERENCE_KEY',
      { Name: 'a', ParentId: '001000000000009AAA' },
      /invalid cross reference id/,
    ],
    [
      'INVALID_FIELD',
      { Name: 'a', Parent: { Key__c: 'nobody' } },
      /Foreign key external ID: nobody not found/,
    ],
  ];
  it.each(cases)('with %s', (statusCode, row, message) => {
    const org = anOrg();
    const [result] = write(org, { rows: [row] });
    expect(result).toMatchObject({ success: false, id: null });
    expect(result?.errors).toEqual([
      expect.objectContaining({ statusCode, message: expect.stringMatching(message) }),
    ]);
    expect(org.table('Account').liveCount()).toBe(0);
  });

  it('because of its mail address', () => {
    const [result] = write(anOrg(), { object: 'Contact', rows: [{ LastName: 'x', Email: 'no mail' }] });
    expect(result?.errors[0]).toMatchObject({
      statusCode: 'INVALID_EMAIL_ADDRESS',
      message: 'Email: invalid email address: no mail',
    });
  });

  it('because another has its unique value, in whatever case', () => {
    const org = anOrg();
    const id = inserted(org, { Name: 'a', Key__c: 'K1' });
    const [result] = write(org, { rows: [{ Name: 'b', Key__c: 'k1' }] });
    expect(result?.errors[0]).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Key__c duplicates value on record with id: ${id}`,
    });
  });

  it('by a validation rule, with the rule`s own words', () => {
    const org = anOrg();
    addRule(org, {
      object: 'Account',
      validation: { field: 'Score__c', operator: '>', value: 100, message: 'At most 100' },
    });
    const [result] = write(org, { rows: [{ Name: 'a', Score__c: 101 }] });
    expect(result?.errors).toEqual([
      { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'At most 100', fields: ['Score__c'] },
    ]);
  });

  it('by a duplicate rule, and passes an alert that is allowed', () => {
    const org = anOrg();
    addRule(org, { object: 'Account', duplicate: ['Name', 'Site'], action: 'alert' });
    inserted(org, { Name: 'Twin', Site: 'Here' });
    const rows = [{ Name: 'twin', Site: 'here' }];
    expect(write(org, { rows })[0]?.errors[0]).toMatchObject({
      statusCode: 'DUPLICATES_DETECTED',
      duplicateResult: { allowSave: true, matchResults: [{ size: 1 }] },
    });
    expect(codes(write(org, { rows, allowDuplicates: true }))).toEqual(['ok']);
  });

  it('when it is locked, and only that one', () => {
    const org = anOrg();
    const locked = aCaller(org, org.users.admin, ['lock-row']);
    expect(codes(write(org, { rows: [{ Name: 'a' }, { Name: 'b' }] }, locked))).toEqual([
      'UNABLE_TO_LOCK_ROW',
      'ok',
    ]);
  });
});

describe('A whole call is refused', () => {
  it('when a column does not exist or is not visible', () => {
    const org = anOrg();
    expect(() => write(org, { rows: [{ Name: 'a', Foo__c: 1 }] })).toThrow(
      "No such column 'Foo__c' on sobject of type Account",
    );
    expect(() => write(org, { object: 'Nothing', rows: [] })).toThrow(
      /sObject type 'Nothing' is not supported/,
    );
  });
});

describe('What is stored', () => {
  it('is rounded to the field`s scale, floored to the second, and cleared by null or nothing', () => {
    const org = anOrg();
    const id = inserted(org, { Name: 'a', Score__c: '12.25', Site: 'x' });
    expect(stored(org, id)?.Score__c).toBe(12.3);
    write(org, { operation: 'update', rows: [{ Id: id.slice(0, 15), Site: '', Score__c: null }] });
    expect(stored(org, id)).toMatchObject({ Site: null, Score__c: null });
    const contact = inserted(
      org,
      { LastName: 'x', EmailBouncedDate: '2026-01-02T03:04:05.678+01:00' },
      'Contact',
    );
    expect(stored(org, contact, 'Contact')?.EmailBouncedDate).toBe('2026-01-02T02:04:05.000Z');
  });

  it('carries whole-second stamps, also when nothing changed', () => {
    const org = anOrg();
    const id = inserted(org, { Name: 'a' });
    const before = stored(org, id)?.SystemModstamp;
    org.clock.advance(1_700);
    write(org, { operation: 'update', rows: [{ Id: id, Name: 'a' }] });
    const after = stored(org, id);
    expect(after?.SystemModstamp).not.toBe(before);
    expect(after?.SystemModstamp).toMatch(/:01\.000Z$/);
    expect(after?.CreatedDate).toBe(before);
  });

  it('follows from what was changed: stage, status, name', () => {
    const org = anOrg();
    const read = (object: string, field: string, id: string) =>
      org.reader(object, field)(stored(org, id, object) ?? {});
    const deal = inserted(
      org,
      { Name: 'd', StageName: 'Prospecting', CloseDate: '2026-05-01', Amount: 200 },
      'Opportunity',
    );
    expect([read('Opportunity', 'IsClosed', deal), read('Opportunity', 'ExpectedRevenue', deal)]).toEqual([
      false,
      20,
    ]);
    write(org, { object: 'Opportunity', operation: 'update', rows: [{ Id: deal, StageName: 'Closed Won' }] });
    expect([read('Opportunity', 'IsWon', deal), read('Opportunity', 'Probability', deal)]).toEqual([
      true,
      100,
    ]);
    const ticket = inserted(org, { Subject: 's' }, 'Case');
    expect(stored(org, ticket, 'Case')).toMatchObject({ Status: 'New', CaseNumber: '00000001' });
    write(org, { object: 'Case', operation: 'update', rows: [{ Id: ticket, Status: 'Closed' }] });
    expect(read('Case', 'IsClosed', ticket)).toBe(true);
    expect(stored(org, ticket, 'Case')?.ClosedDate).toBe(org.stamp());
  });

  it('names a parent by external id', () => {
    const org = anOrg();
    const parent = inserted(org, { Name: 'p', Key__c: 'P' });
    const nested = inserted(org, { Name: 'a', Parent: { Key__c: 'P' } });
    const dotted = inserted(org, { Name: 'b', 'Parent.Key__c': 'P' });
    expect([stored(org, nested)?.ParentId, stored(org, dotted)?.ParentId]).toEqual([parent, parent]);
  });
});

describe('Upsert', () => {
  const upsert = (org: Org, rows: readonly DmlRow[], externalIdField = 'Key__c') =>
    write(org, { operation: 'upsert', rows, externalIdField });

  it('creates what is not there and updates what is', () => {
    const org = anOrg();
    const [first] = upsert(org, [{ Key__c: 'A', Name: 'one' }]);
    const [second] = upsert(org, [{ Key__c: 'a', Name: 'two' }]);
    expect([first?.created, second?.created, second?.id]).toEqual([true, false, first?.id]);
    expect(stored(org, String(first?.id))?.Name).toBe('two');
  });

  it('refuses both of two rows with one key, and a key that several records have', () => {
    const org = anOrg();
    expect(
      codes(
        upsert(org, [
          { Key__c: 'A', Name: '1' },
          { Key__c: 'A', Name: '2' },
        ]),
      ),
    ).toEqual(['DUPLICATE_VALUE', 'DUPLICATE_VALUE']);
    inserted(org, { Name: '1', Batch__c: 'B' });
    inserted(org, { Name: '2', Batch__c: 'B' });
    expect(codes(upsert(org, [{ Batch__c: 'B', Name: '3' }], 'Batch__c'))).toEqual(['DUPLICATE_EXTERNAL_ID']);
  });
});

describe('All or none', () => {
  it('takes every row back when one is refused', () => {
    const org = anOrg();
    const results = write(org, { rows: [{ Name: 'a' }, { Site: 'no name' }], allOrNone: true });
    expect(codes(results)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']);
    expect(org.table('Account').liveCount()).toBe(0);
  });
});

describe('Deletes and merges', () => {
  it('put children into the recycle bin too, and bring them back', () => {
    const org = anOrg();
    const account = inserted(org, { Name: 'a' });
    const contact = inserted(org, { LastName: 'c', AccountId: account }, 'Contact');
    expect(codes(write(org, { operation: 'delete', rows: [{ Id: account }] }))).toEqual(['ok']);
    expect(stored(org, contact, 'Contact')?.IsDeleted).toBe(true);
    expect(codes(write(org, { operation: 'update', rows: [{ Id: account, Name: 'b' }] }))).toEqual([
      'ENTITY_IS_DELETED',
    ]);
    write(org, { operation: 'undelete', rows: [{ Id: account }] });
    expect([stored(org, account)?.IsDeleted, stored(org, contact, 'Contact')?.IsDeleted]).toEqual([
      false,
      false,
    ]);
  });

  it('keep an account that has cases', () => {
    const org = anOrg();
    const account = inserted(org, { Name: 'a' });
    inserted(org, { Subject: 's', AccountId: account }, 'Case');
    expect(codes(write(org, { operation: 'delete', rows: [{ Id: account }] }))).toEqual(['DELETE_FAILED']);
  });

  it('leave nothing behind when hard', () => {
    const org = anOrg();
    const account = inserted(org, { Name: 'a' });
    write(org, { operation: 'hardDelete', rows: [{ Id: account }] });
    expect(stored(org, account)).toBeNull();
  });

  it('hand the children of the losers to the master', () => {
    const org = anOrg();
    const [master, loser] = [inserted(org, { Name: 'm' }), inserted(org, { Name: 'l' })];
    const ticket = inserted(org, { Subject: 's', AccountId: loser }, 'Case');
    org.clock.advance(5_000);
    mergeRecords(
      org,
      { object: 'Account', master, losers: [loser] },
      { userId: org.users.admin, origin: '' },
    );
    expect(stored(org, loser)).toMatchObject({ IsDeleted: true, MasterRecordId: master });
    expect(stored(org, ticket, 'Case')).toMatchObject({ AccountId: master, SystemModstamp: org.stamp() });
    expect(org.table('Case').childrenOf('AccountId', loser)).toEqual([]);
  });
});

describe('A late commit', () => {
  it('shows an old stamp only when the clock has moved on', () => {
    const org = anOrg();
    const late = aCaller(org, org.users.admin, ['late-commit']);
    const stamp = org.stamp();
    const [result] = write(org, { rows: [{ Name: 'late' }] }, late);
    expect(result?.success).toBe(true);
    expect(stored(org, String(result?.id))).toBeNull();
    org.clock.advance(61_000);
    org.late.settle();
    expect(stored(org, String(result?.id))?.SystemModstamp).toBe(stamp);
  });
});
