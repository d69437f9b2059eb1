import { describe, expect, it } from '@jest/globals';
import { differences } from '../../../src/domain/settle/difference.js';

const RULES = [
  { fact: 'score', field: 'Score__c', onNull: 'clear' },
  { fact: 'band', field: 'Band__c', onNull: 'leave' },
  { fact: 'watermelon', field: 'Melon__c', onNull: 'clear' },
  { fact: 'driversDetail', field: 'Detail__c', onNull: 'clear' },
] as const;

describe('differences', () => {
  it('lists only the fields that differ, with what they hold and what they should hold', () => {
    const found = differences({ score: 71, band: 'healthy' }, { Score__c: 70, Band__c: 'healthy' }, RULES);
    expect(found).toEqual([{ field: 'Score__c', expected: 70, value: 71 }]);
  });

  it('clears or leaves a field by its mapping when there is no value', () => {
    const found = differences({ score: null, band: null }, { Score__c: 70, Band__c: 'risk' }, RULES);
    expect(found).toEqual([{ field: 'Score__c', expected: 70, value: null }]);
  });

  it.each([
    ['driversDetail', 'Detail__c', null, ''],
    ['driversDetail', 'Detail__c', 'a\nb', 'a\r\nb '],
    ['watermelon', 'Melon__c', null, false],
    ['watermelon', 'Melon__c', false, false],
  ] as const)('takes what a CRM makes of a value for the same value (%s)', (fact, field, wanted, held) => {
    expect(differences({ [fact]: wanted }, { [field]: held }, RULES)).toEqual([]);
  });

  it('does not touch facts that are not mapped', () => {
    expect(differences({ tier: 'digital' }, {}, RULES)).toEqual([]);
  });
});
