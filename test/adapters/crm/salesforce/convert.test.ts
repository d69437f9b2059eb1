import { describe, expect, it } from '@jest/globals';
import {
  convertValue,
  csvColumns,
  readJson,
  toRecord,
  type ValueType,
  valueType,
} from '../../../../src/adapters/crm/salesforce/convert.js';
import { id18 } from '../../../../src/adapters/crm/salesforce/ids.js';

const TYPES = new Map<string, ValueType>([
  ['Amount', 'number'],
  ['IsWon', 'boolean'],
  ['CloseDate', 'date'],
  ['LastLogin__c', 'datetime'],
  ['AccountId', 'id'],
  ['Owner.Email', 'text'],
  ['Zip__c', 'text'],
]);
const shape = { fields: [...TYPES.keys()], types: TYPES, stampField: 'SystemModstamp' };

describe('values', () => {
  it('are the same from JSON and from CSV', () => {
    const json = readJson({
      attributes: { type: 'Opportunity', url: '/x' },
      Id: '006000000000001',
      SystemModstamp: '2025-01-31T12:34:56.000+0000',
      Amount: 12.5,
      IsWon: false,
      CloseDate: '2025-02-01',
      LastLogin__c: '2025-01-01T00:00:00.000+0000',
      AccountId: '001000000000001',
      Owner: { attributes: { type: 'User' }, Email: 'a@example.com' },
      Zip__c: '01234',
    });
    const csv = csvColumns([
      'Id',
      'SystemModstamp',
      'Amount',
      'IsWon',
      'CloseDate',
      'LastLogin__c',
      'AccountId',
      'Owner.Email',
      'Zip__c',
    ])([
      '006000000000001AAA',
      '2025-01-31T12:34:56.000Z',
      '12.5',
      'false',
      '2025-02-01',
      '2025-01-01T00:00:00.000Z',
      '001000000000001AAA',
      'a@example.com',
      '01234',
    ]);
    const fromJson = toRecord(json, shape);
    expect(fromJson).toEqual(toRecord(csv, shape));
    expect(fromJson.stamp).toBe(Date.UTC(2025, 0, 31, 12, 34, 56));
    expect(fromJson.values).toMatchObject({
      Amount: 12.5,
      IsWon: false,
      AccountId: '001000000000001AAA',
      Zip__c: '01234',
    });
  });

  it('are null when empty, and all present on a deleted record that shows none', () => {
    const read = readJson({
      Id: '006000000000001AAA',
      SystemModstamp: '2025-01-31T12:34:56.000Z',
      IsDeleted: true,
    });
    const record = toRecord(read, shape);
    expect(record.deleted).toBe(true);
    expect(Object.keys(record.values)).toEqual(shape.fields);
    expect(new Set(Object.values(record.values))).toEqual(new Set([null]));
    expect(convertValue('', 'number')).toBeNull();
    expect(convertValue('not a number', 'number')).toBeNull();
  });

  it('name the survivor of a merge', () => {
    const read = readJson({
      Id: '001000000000002AAA',
      SystemModstamp: '2025-01-31T12:34:56.000Z',
      IsDeleted: true,
      MasterRecordId: '001000000000001',
    });
    expect(toRecord(read, shape).mergedInto).toBe('001000000000001AAA');
  });

  it('find a parent whatever the capitals of its path', () => {
    expect(readJson({ Owner: { Email: 'x' } })('owner.email')).toBe('x');
    expect(readJson({ Owner: null })('Owner.Email')).toBeUndefined();
  });

  it('turn a datetime of an undescribed parent by its form alone', () => {
    expect(convertValue('2025-01-31T12:34:56.000+0000', undefined)).toBe('2025-01-31T12:34:56.000Z');
    expect(convertValue('2025-01-31', undefined)).toBe('2025-01-31');
  });

  it('refuse a row without id or stamp', () => {
    expect(() => toRecord(readJson({ Id: '006000000000001AAA' }), shape)).toThrow(/without a readable Id/);
  });
});

describe('valueType', () => {
  it('reads every describe type that is no number, boolean, day or id as text', () => {
    expect(['currency', 'percent', 'int'].map(valueType)).toEqual(['number', 'number', 'number']);
    expect(['picklist', 'multipicklist', 'textarea', 'time', 'anyType'].map(valueType)).toEqual(
      Array.from({ length: 5 }, () => 'text'),
    );
  });
});

describe('id18', () => {
  it('adds the suffix that says which letters are capitals', () => {
    expect(id18('0013000000DGvV5')).toBe('0013000000DGvV5AAL');
    expect(id18('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
    expect(id18('001A0000006Vm9rIAC')).toBe('001A0000006Vm9rIAC');
  });
});
