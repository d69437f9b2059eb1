import { describe, expect, it } from '@jest/globals';
import { fullRecordId } from '../../../src/domain/facts/record-id.js';

describe('a record id', () => {
  it.each([
    ['001000000000001', '001000000000001AAA'],
    ['001000000000001AAA', '001000000000001AAA'],
    ['0018c00002AbCdE', '0018c00002AbCdEAAV'],
    ['0018c00002AbCdEaav', '0018c00002AbCdEAAV'],
  ])('%s is %s in full', (given, full) => {
    expect(fullRecordId(given)).toBe(full);
  });

  it.each([
    '',
    '001',
    '0018c00002abcdeAAV',
    '0018c00002AbCdEAA',
    '0018c00002AbCdEAAVx',
    '001000000 00001',
    'ÄÖÜ000000000001',
  ])('"%s" is none', (given) => {
    expect(fullRecordId(given)).toBeNull();
  });
});
