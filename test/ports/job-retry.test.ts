import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IntegrationError } from '../../src/ports/errors.js';
import { afterFailure, USUAL_JOB_PATIENCE } from '../../src/ports/job-retry.js';

const patience = USUAL_JOB_PATIENCE;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function failing(told: { readonly retryable: boolean; readonly retryAfterMs?: number }): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'AWAY',
    message: 'It is away.',
    actions: ['Wait.', 'Ask again.'],
    provider: 'vendor',
    operation: 'ask',
    ...told,
  });
}

describe('what becomes of a job that failed', () => {
  it('waits at least as long as it was asked to and as its own patience says, and at most half as long again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: patience.attempts - 1 }),
        fc.nat(1e9),
        random,
        (attempt, asked, r) => {
          const error = failing({ retryable: true, retryAfterMs: asked });
          const after = afterFailure(error, attempt, { patience, random: () => r });
          const own = Math.min(patience.longestWaitMs, patience.firstWaitMs * 2 ** (attempt - 1));
          const least = Math.max(own, asked);
          expect(after.kind).toBe('again');
          if (after.kind !== 'again') return;
          expect(after.waitMs).toBeGreaterThanOrEqual(least);
          expect(after.waitMs).toBeLessThanOrEqual(Math.ceil(least * 1.5));
        },
      ),
    );
  });

  it('is final once all attempts are made, whatever the error says', () => {
    const error = failing({ retryable: true });
    expect(afterFailure(error, patience.attempts, { patience, random: () => 0 })).toEqual({
      kind: 'failed',
      reason: 'It is away. Wait.',
    });
  });

  it.each([
    ['an error that is not retryable', failing({ retryable: false }), 'It is away. Wait.'],
    ['a defect', new RangeError('secret words'), expect.stringMatching(/RangeError(?!.*secret)/)],
    ['something that is no error', 'secret words', expect.stringMatching(/string(?!.*secret)/)],
  ])('is final for %s', (_, error, reason) => {
    expect(afterFailure(error, 1, { patience, random: () => 0 })).toEqual({ kind: 'failed', reason });
  });
});
