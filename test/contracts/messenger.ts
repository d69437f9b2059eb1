import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IntegrationError } from '../../src/ports/errors.js';
import type { Messenger, OutgoingMessage } from '../../src/ports/messenger.js';

/** A messenger and the other side of it. */
export interface MessengerBench {
  readonly messenger: Messenger;
  /** Texts that the other side took, as it got them. */
  readonly taken: () => readonly string[];
  /** From now on the other side refuses for good, or asks to come again later. */
  readonly refuse: (how: 'for good' | 'for now') => void;
  readonly goAway: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const MESSAGE: OutgoingMessage = {
  subject: '[Truenorth acme] The run r1 failed',
  sections: [
    { title: null, lines: ['The run r1 failed: the org is down.', 'Ring <!channel> & "friends"'] },
    { title: 'Newly at risk', lines: ['digital: Müller & Söhne, score 31'] },
  ],
  link: 'https://truenorth.example.com',
  urgency: 'now',
};

/** What every messenger does, whatever carries it. */
export function messengerContract(name: string, open: () => Promise<MessengerBench>): void {
  describe(`${name} as a messenger`, () => {
    let bench: MessengerBench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(() => bench.close());

    const failure = async (): Promise<IntegrationError> => {
      const error = await bench.messenger.send(MESSAGE).catch((thrown: unknown) => thrown);
      if (!(error instanceof IntegrationError)) throw new Error(`No IntegrationError: ${String(error)}`);
      return error;
    };

    it('hands over what it is given', async () => {
      await bench.messenger.send(MESSAGE);
      await bench.messenger.send({ ...MESSAGE, subject: 'Again', link: null });
      const [first, second] = bench.taken();
      expect(bench.taken()).toHaveLength(2);
      for (const part of [
        'the org is down.',
        'Newly at risk',
        'Müller',
        'score 31',
        'https://truenorth.example.com',
      ])
        expect(first).toContain(part);
      expect(second).not.toContain('https://truenorth.example.com');
    });

    it('says that a refusal is for good, and what to do', async () => {
      bench.refuse('for good');
      const error = await failure();
      expect(error.retryable).toBe(false);
      expect(error.actions.length).toBeGreaterThan(0);
    });

    it('says that it may be tried again when the other side asks to wait', async () => {
      bench.refuse('for now');
      expect((await failure()).retryable).toBe(true);
    });

    it('says that it may be tried again when nobody is there', async () => {
      await bench.goAway();
      const error = await failure();
      expect(error.retryable).toBe(true);
      expect(JSON.stringify([error.message, error.actions, error.cause])).not.toMatch(
        /secret-path|127\.0\.0\.1/,
      );
    });
  });
}
