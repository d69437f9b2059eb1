import type { Day } from '../../../src/domain/day.js';
import type { FeedReach, NewCustomer } from '../../../src/domain/insight/milestones.js';

// A test's globals are slow to look up, and these are called some millions of times.
const { floor, imul } = Math;

/** A number in [0, 1) each time, always the same ones for a seed (mulberry32). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Customers who stay with one chance if first value came within `byDay` days, and with another if it did not. */
export interface PlantedMilestone {
  readonly seed: number;
  readonly customers: number;
  readonly byDay: number;
  readonly with: number;
  readonly without: number;
}

const DAY_ZERO: Day = 20_000;
const LAST_DAY = 120;

/** First value, first use and the others fall on days 1-120, each independently; each as likely as any. */
export function plantedCustomers(planted: PlantedMilestone): readonly NewCustomer[] {
  const draw = drawsOf(planted.seed);
  const someDay = (): number => 1 + floor(draw() * LAST_DAY);
  return Array.from({ length: planted.customers }, (_, nth) => {
    const firstValue = someDay();
    const chance = firstValue <= planted.byDay ? planted.with : planted.without;
    const firstOn = {
      'first-value': DAY_ZERO + firstValue,
      'first-use': DAY_ZERO + someDay(),
      'criteria-agreed': DAY_ZERO + someDay(),
      meeting: DAY_ZERO + someDay(),
      training: DAY_ZERO + someDay(),
      case: DAY_ZERO + someDay(),
    };
    return {
      account: `${planted.seed}/${nth}`,
      segment: 'All',
      dayZero: DAY_ZERO,
      outcome: { on: DAY_ZERO + 365, lost: draw() >= chance },
      firstOn,
      counts: countsOf(draw),
    };
  });
}

/** Key actions and features that have nothing to do with who stays. */
function countsOf(draw: () => number): Readonly<Record<string, number>> {
  const upTo = (most: number): number => floor(draw() * most);
  return {
    'key-actions@7': upTo(7),
    'key-actions@14': upTo(14),
    'key-actions@30': upTo(30),
    'key-actions@60': upTo(60),
    'key-actions@90': upTo(90),
    'features@30': upTo(10),
  };
}

/** What is true of a milestone among such customers: share that stays with it, less the share without. */
export function trueDifference(planted: PlantedMilestone, milestone: string): number {
  const [of, day] = milestone.split('@');
  if (of !== 'first-value') return 0;
  const by = Number(day);
  const stays = (from: number, to: number): number => {
    const early = Math.max(0, Math.min(to, planted.byDay) - from);
    return (early * planted.with + (to - from - early) * planted.without) / (to - from);
  };
  return stays(0, by) - stays(by, LAST_DAY);
}

export const PLANTED_REACH: FeedReach = Object.fromEntries(
  (['usage', 'activity', 'case', 'criteria', 'moments'] as const).map((feed) => [
    feed,
    { from: DAY_ZERO - 1, upTo: DAY_ZERO + 500 },
  ]),
);
