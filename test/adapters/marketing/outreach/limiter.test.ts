import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rollingHour } from '../../../../src/adapters/marketing/outreach/limiter.js';

const HOUR_MS = 3_600_000;

/** Sleeping moves the clock; so does whatever happens between two requests. */
function movingClock() {
  let now = 0;
  const advance = (ms: number): void => {
    now += ms;
  };
  return { advance, clock: { now: () => now, sleep: async (ms: number) => advance(ms) } };
}

describe('the limiter', () => {
  it('never lets more than its number through in any hour', async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: HOUR_MS / 2 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), pauses, async (most, waits) => {
        const { clock, advance } = movingClock();
        const limiter = rollingHour(clock, most);
        const passed: number[] = [];
        for (const wait of waits) {
          advance(wait);
          await limiter.turn();
          passed.push(clock.now());
        }
        const spans = passed.slice(most).map((at, index) => at - (passed[index] ?? 0));
        expect(spans.filter((span) => span < HOUR_MS)).toEqual([]);
      }),
    );
  });

  it('lets those who ask at once through in turn', async () => {
    const { clock } = movingClock();
    const limiter = rollingHour(clock, 2);
    const passed = await Promise.all([1, 2, 3, 4, 5].map(() => limiter.turn().then(() => clock.now())));
    expect(passed).toEqual([0, 0, HOUR_MS, HOUR_MS, 2 * HOUR_MS]);
  });

  it('counts time slept as passed where the clock stands still', async () => {
    const slept: number[] = [];
    const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
    const limiter = rollingHour(clock, 2);
    for (let request = 0; request < 6; request += 1) await limiter.turn();
    expect(slept).toEqual([HOUR_MS, HOUR_MS]);
  });
});
