import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rollingWindow } from '../../../../src/adapters/budget/process/window.js';

/** Sleeping moves the clock; so does whatever happens between two requests. */
function movingClock() {
  let now = 0;
  return {
    advance: (ms: number) => {
      now += ms;
    },
    clock: {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    },
  };
}

describe('a window of one process', () => {
  it('never lets more than its size through in any window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 }),
        async (size, pauses) => {
          const { clock, advance } = movingClock();
          const limiter = rollingWindow(clock, size, 1_000);
          const passed: number[] = [];
          for (const pause of pauses) {
            advance(pause);
            await limiter.turn();
            passed.push(clock.now());
          }
          const crowded = passed.some(
            (at, index) => at - (passed[index - size] ?? Number.NEGATIVE_INFINITY) < 1_000,
          );
          expect(crowded).toBe(false);
        },
      ),
    );
  });

  it('lets those who ask at once through in turn', async () => {
    const { clock } = movingClock();
    const limiter = rollingWindow(clock, 2, 1_000);
    const passed = await Promise.all([1, 2, 3, 4, 5].map(() => limiter.turn().then(() => clock.now())));
    expect(passed).toEqual([0, 0, 1_000, 1_000, 2_000]);
  });

  it('counts time slept as passed where the clock stands still', async () => {
    const slept: number[] = [];
    const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
    const limiter = rollingWindow(clock, 2, 1_000);
    for (let request = 0; request < 6; request += 1) await limiter.turn();
    expect(slept).toEqual([1_000, 1_000]);
  });
});
