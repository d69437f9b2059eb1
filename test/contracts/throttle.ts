import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Throttles } from '../../src/ports/throttle.js';

const MINUTE_MS = 60_000;

/** What every throttle does, wherever it counts. */
export function throttleContract(name: string, open: () => Throttles): void {
  describe(`${name} as a throttle`, () => {
    let throttles: Throttles;
    beforeEach(() => {
      throttles = open();
    });
    afterEach(() => throttles.close());

    it('lets so many through and says how long the others wait', async () => {
      const throttle = throttles.of('some', { most: 2, windowMs: MINUTE_MS });
      expect(await throttle.take('a')).toEqual({ count: 1, waitMs: 0 });
      expect(await throttle.take('a')).toEqual({ count: 2, waitMs: 0 });
      const { count, waitMs } = await throttle.take('a');
      expect(count).toBeGreaterThan(2);
      expect(waitMs).toBeGreaterThan(50_000);
      expect(waitMs).toBeLessThanOrEqual(MINUTE_MS);
      expect(await throttle.take('b')).toEqual({ count: 1, waitMs: 0 });
    });

    it('counts under each name apart', async () => {
      const rule = { most: 1, windowMs: MINUTE_MS };
      await throttles.of('one', rule).take('a');
      expect((await throttles.of('other', rule).take('a')).waitMs).toBe(0);
    });

    it('counts many at once as one after the other', async () => {
      const throttle = throttles.of('many', { most: 5, windowMs: MINUTE_MS });
      const tried = await Promise.all(Array.from({ length: 20 }, () => throttle.take('a')));
      expect(tried.filter(({ waitMs }) => waitMs === 0)).toHaveLength(5);
    });

    it('blocks for as long as it is told, and forgets', async () => {
      const throttle = throttles.of('block', { most: 3, windowMs: MINUTE_MS });
      await throttle.block('a', 10 * MINUTE_MS);
      expect((await throttle.take('a')).waitMs).toBeGreaterThan(9 * MINUTE_MS);
      await throttle.forget('a');
      expect(await throttle.take('a')).toEqual({ count: 1, waitMs: 0 });
    });
  });
}
