// Looked up once: a global is many times dearer inside a test's sandboxed context.
const { floor, imul } = Math;

/**
 * Randomness without state: a number drawn from (seed, path), so that any row of a book can be
 * computed alone. Mixing after Austin Appleby's 64-bit finaliser idea, in 32-bit steps.
 */
export interface Seeded {
  /** 0 <= x < 1, the same for the same keys. */
  readonly unit: (...keys: readonly number[]) => number;
  /** Whole number in [low, high]. */
  readonly whole: (low: number, high: number, ...keys: readonly number[]) => number;
  readonly pick: <T>(from: readonly T[], ...keys: readonly number[]) => T;
}

export function seeded(seed: number): Seeded {
  const unit = (...keys: readonly number[]): number => {
    let h = (seed | 0) ^ 0x9e3779b9;
    for (const key of keys) {
      h = imul(h ^ key, 0x85ebca6b);
      h = imul(h ^ (h >>> 13), 0xc2b2ae35);
      h ^= h >>> 16;
    }
    h = imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = imul(h ^ (h >>> 12), 0x297a2d39);
    return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296;
  };
  const whole = (low: number, high: number, ...keys: readonly number[]): number =>
    low + floor(unit(...keys) * (high - low + 1));
  return {
    unit,
    whole,
    pick: <T>(from: readonly T[], ...keys: readonly number[]): T =>
      from[whole(0, from.length - 1, ...keys)] as T,
  };
}
