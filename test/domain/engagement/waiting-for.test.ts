import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { waitingFor } from '../../../src/domain/engagement/forecast.js';
import { isBusinessDay } from '../../../src/domain/engagement/send-time.js';
import { aPolicy, TODAY } from './builders.js';

describe('waitingFor', () => {
  const { calendar } = aPolicy();

  it('makes wait what is above the limit, and lets it go before what comes then', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { minLength: 14, maxLength: 14 }),
        fc.integer({ min: 1, max: 4 }),
        (day, limit) => {
          const queue: number[] = [];
          const left = new Map<number, number>();
          day.forEach((count, index) => {
            for (let one = 0; one < count; one += 1) queue.push(index);
            if (!isBusinessDay(calendar, TODAY + index)) return;
            queue.splice(0, limit);
            if (queue.length > 0) left.set(TODAY + index, queue.length);
          });
          const demand = new Map(day.map((count, index) => [TODAY + index, count]));
          const range = { calendar, from: TODAY, until: TODAY + 13 };
          expect(waitingFor(demand, limit, range)).toEqual(left);
        },
      ),
    );
  });
});
