import { describe, expect, it } from '@jest/globals';
import { integrationError } from '../../../../src/adapters/marketing/hubspot/errors.js';
import { ApiFailure } from '../../../../src/adapters/marketing/hubspot/failure.js';
import {
  inboxIsFull,
  propertyProblems,
  refusalOf,
} from '../../../../src/adapters/marketing/hubspot/refusals.js';

const ADDRESS = 'ada.lovelace+x@mail.example.org';

describe('a refusal', () => {
  it('takes code and fields from the JSON inside the message, and none of the values', () => {
    const listed = [
      {
        isValid: false,
        message: `Email address ${ADDRESS} is invalid`,
        error: 'INVALID_EMAIL',
        name: 'email',
      },
    ];
    const refusal = refusalOf({
      category: 'VALIDATION_ERROR',
      message: `Property values were not valid: ${JSON.stringify(listed)}`,
    });
    expect(refusal).toMatchObject({
      code: 'INVALID_EMAIL',
      message: 'email: INVALID_EMAIL',
      fields: ['email'],
    });
  });

  it.each([
    [{ subCategory: 'SequenceError.BOUNCED', category: 'VALIDATION_ERROR' }, 'BOUNCED'],
    [{ category: 'CONFLICT', message: 'Contact already exists. Existing ID: 7' }, 'CONFLICT'],
    [{}, 'REFUSED'],
  ])('has a code, message and advice whatever HubSpot leaves out: %j', (answer, code) => {
    const refusal = refusalOf(answer);
    expect(refusal.code).toBe(code);
    expect([refusal.message, refusal.advice].every((text) => text.length > 10)).toBe(true);
  });

  it('names nobody', () => {
    const told = refusalOf({ message: `${ADDRESS} (also <${ADDRESS}>, value=${ADDRESS}}) has left` }).message;
    expect(told).toBe('(address) (also <(address)>, value=(address)}) has left');
  });

  it('survives a message that only looks like a list of problems', () => {
    expect(propertyProblems('Duplicate [{not json]')).toEqual([]);
  });
});

describe('a full inbox', () => {
  it.each([
    [{ subCategory: 'SequenceError.ENROLLMENT_LIMIT_REACHED' }, true],
    [{ subCategory: 'SequenceError.SEND_LIMIT_EXCEEDED' }, true],
    [{ message: 'This inbox has hit its daily enrollment limit.' }, true],
    [{ message: 'You reached the limit of enrollments.' }, true],
    [{ subCategory: 'SequenceError.ALREADY_ENROLLED', message: 'Already enrolled.' }, false],
    [{ message: 'The address is limited.' }, false],
    [{}, false],
  ])('is told by %j: %s', (answer, full) => {
    expect(inboxIsFull(answer)).toBe(full);
  });
});

describe('an error', () => {
  it.each([
    [400, 'UnexpectedResponse', false],
    [401, 'Authentication', false],
    [403, 'Authorization', false],
    [404, 'UnexpectedResponse', false],
    [423, 'Transient', true],
    [429, 'RateLimited', true],
    [477, 'Transient', true],
    [502, 'Transient', true],
    [524, 'Transient', true],
  ])('of status %i is %s, retryable: %s, and names nobody', (code, kind, retryable) => {
    const body = { message: `No luck with ${ADDRESS}` };
    const error = integrationError(new ApiFailure({ code, body, headers: {} }), 'anything');
    expect(error).toMatchObject({ kind, retryable, provider: 'hubspot', operation: 'anything' });
    expect(error.actions.length).toBeGreaterThan(0);
    expect(error.message).not.toContain('@');
  });

  it('waits as long as the answer says', () => {
    const failure = new ApiFailure({ code: 429, body: {}, headers: { 'retry-after': '7' } });
    expect(integrationError(failure, 'anything').retryAfterMs).toBe(7_000);
  });
});
