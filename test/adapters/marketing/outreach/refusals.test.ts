import { describe, expect, it } from '@jest/globals';
import { integrationError } from '../../../../src/adapters/marketing/outreach/errors.js';
import { ApiFailure } from '../../../../src/adapters/marketing/outreach/failure.js';
import { refusalOf } from '../../../../src/adapters/marketing/outreach/refusals.js';

const ADDRESS = 'ada.lovelace+x@mail.example.org';

function failure(status: number, body: unknown = {}, retryAfter: string | null = null): ApiFailure {
  return new ApiFailure({ status, body, retryAfter, receivedAt: Date.parse('2026-03-02T12:00:00Z') });
}

describe('a refusal', () => {
  it.each([
    ['Contacts email hash has already been taken.', 'EMAIL_TAKEN'],
    ['Prospect has already been in this sequence.', 'ALREADY_IN_SEQUENCE'],
    ['Prospect is active in another exclusive sequence.', 'ALREADY_ENROLLED'],
    ['Emails is invalid.', 'INVALID_EMAIL'],
    ['Mailbox must exist.', 'MAILBOX_UNKNOWN'],
    ['Something else.', 'VALIDATION_ERROR'],
  ])('with the words "%s" is %s, and says what to do', (detail, code) => {
    const refusal = refusalOf({ errors: [{ id: 'validationError', detail }] });
    expect(refusal).toMatchObject({ code, message: detail });
    expect(refusal.advice.length).toBeGreaterThan(10);
  });

  it('is known by the code where the words are others', () => {
    const errors = [{ detail: 'No.', code: 'has already been in this sequence' }];
    expect(refusalOf({ errors }).code).toBe('ALREADY_IN_SEQUENCE');
  });

  it.each([[{}], ['a page'], [{ errors: [] }]])(
    'has code, words and advice whatever is left out: %j',
    (body) => {
      const { code, message, advice } = refusalOf(body);
      expect(code).toBe('VALIDATION_ERROR');
      expect([message, advice].every((text) => text.length > 10)).toBe(true);
    },
  );

  it('names nobody', () => {
    const errors = [{ detail: `${ADDRESS} (also <${ADDRESS}>) has left` }];
    expect(refusalOf({ errors }).message).toBe('(address) (also <(address)>) has left');
  });
});

describe('an error', () => {
  it.each([
    [400, 'UnexpectedResponse', false],
    [401, 'Authentication', false],
    [403, 'Authorization', false],
    [404, 'UnexpectedResponse', false],
    [415, 'UnexpectedResponse', false],
    [422, 'UnexpectedResponse', false],
    [429, 'RateLimited', true],
    [503, 'Transient', true],
  ])('of status %i is %s, retryable: %s, and names nobody', (status, kind, retryable) => {
    const errors = [{ id: 'x', detail: `No luck with ${ADDRESS}` }];
    const error = integrationError(failure(status, { errors }), 'anything');
    expect(error).toMatchObject({ kind, retryable, provider: 'outreach', operation: 'anything' });
    expect(error.code).toMatch(/^OUTREACH_/);
    expect(error.actions.length).toBeGreaterThan(0);
    expect(error.message).not.toContain('@');
  });

  it.each([
    [String(Date.parse('2026-03-02T12:30:00Z') / 1_000), 30 * 60_000],
    [String(Date.parse('2026-03-02T11:00:00Z') / 1_000), 1_000],
    ['7', 7_000],
    ['soon', 60_000],
    [null, 60_000],
  ])('of a limit that ends at %s waits %i ms', (retryAfter, wait) => {
    expect(integrationError(failure(429, {}, retryAfter), 'anything').retryAfterMs).toBe(wait);
  });
});
