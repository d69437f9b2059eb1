import { describe, expect, it } from '@jest/globals';
import { bulkRefusal, refusal, shorten } from '../../../../src/adapters/crm/salesforce/refusals.js';

describe('refusal', () => {
  it('says what to do and whether trying again can help', () => {
    expect(refusal('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record')).toMatchObject({
      retryable: true,
      advice: expect.stringMatching(/retry/i),
    });
    expect(refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Churn needs a reason')).toMatchObject({
      retryable: false,
      advice: expect.stringMatching(/validation rule/i),
    });
    expect(refusal('SOMETHING_NEW', 'x')).toMatchObject({
      retryable: false,
      advice: expect.stringMatching(/then retry/),
    });
  });

  it('holds no address and no field content', () => {
    expect(shorten('Email: invalid email address: jo.doe@example.com')).toBe(
      'Email: invalid email address: …',
    );
    expect(shorten('Account Name: data value too large: Very secret name (max length=255)')).toBe(
      'Account Name: data value too large: … (max length=255)',
    );
    expect(shorten('x'.repeat(500))).toHaveLength(200);
  });
});

describe('bulkRefusal', () => {
  it.each([
    ['UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--', 'UNABLE_TO_LOCK_ROW', []],
    [
      'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
      'REQUIRED_FIELD_MISSING',
      ['Name'],
    ],
    [
      'FIELD_CUSTOM_VALIDATION_EXCEPTION:Ask: why?:Health__c Tier__c --',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      ['Health__c', 'Tier__c'],
    ],
    ['STRING_TOO_LONG:too long', 'STRING_TOO_LONG', []],
  ])('reads %s', (text, code, fields) => {
    expect(bulkRefusal(text)).toMatchObject({ code, fields });
  });

  it('keeps a message with colons whole', () => {
    expect(bulkRefusal('FIELD_CUSTOM_VALIDATION_EXCEPTION:Ask: why?:A__c --').message).toBe('Ask: why?');
  });
});
