import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/domain/day.js';
import type { Budgets, CallLimits } from '../../src/ports/call-budget.js';
import { until } from '../support/until.js';

/** Four workers of one org. */
export interface BudgetsBench {
  readonly workers: readonly [Budgets, Budgets, Budgets, Budgets];
  readonly now: () => Instant;
  /** Lets time pass where it does not by itself. */
  readonly pass: (ms: number) => Promise<void>;
}

/** How long a call counts in the budgets under test, and the width of their buckets. */
export const SPAN = { spanMs: 1_000, bucketMs: 100 };

const LIMITS: CallLimits = { share: 0.25, ceiling: 0.8, spentBefore: 0 };
const QUIET = { used: 0, max: 100 };

/** What all budgets do, wherever they are kept. */
export function budgetsContract(name: string, open: () => Promise<BudgetsBench>): void {
  describe(name, () => {
    let bench: BudgetsBench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(async () => {
      await Promise.all(bench.workers.map((worker) => worker.close()));
    });

    it('give our share of the calls and not one more, all or none', async () => {
      const budget = bench.workers[0].calls('crm', LIMITS);
      expect(await budget.take(20, QUIET)).toBe(true);
      expect(await budget.take(6, null)).toBe(false);
      expect(await budget.take(5, null)).toBe(true);
      expect(await budget.take(1, null)).toBe(false);
      expect(await budget.spent()).toBe(25);
    });

    it('give and count everything before anybody knows how much there is', async () => {
      const budget = bench.workers[0].calls('crm', LIMITS);
      expect(await budget.heard()).toBeNull();
      expect(await budget.take(30, null)).toBe(true);
      expect(await budget.take(1, QUIET)).toBe(false);
      expect(await budget.spent()).toBe(30);
    });

    it('stop where the whole org has used its part, counting what was taken since that was heard', async () => {
      const budget = bench.workers[0].calls('crm', { ...LIMITS, share: 1 });
      expect(await budget.take(1, { used: 78, max: 100 })).toBe(true);
      expect(await budget.take(1, null)).toBe(true);
      expect(await budget.take(1, null)).toBe(false);
      expect(await budget.take(1, { used: 70, max: 100 })).toBe(true);
      expect(await budget.take(1, { used: 80, max: 100 })).toBe(false);
    });

    it('take back what was taken and not used', async () => {
      const budget = bench.workers[0].calls('crm', LIMITS);
      expect(await budget.take(25, QUIET)).toBe(true);
      expect(await budget.take(-2, null)).toBe(true);
      expect(await bench.workers[1].calls('crm', LIMITS).take(3, null)).toBe(false);
      expect(await bench.workers[1].calls('crm', LIMITS).take(2, null)).toBe(true);
    });

    it('tell every worker what any of them took and heard', async () => {
      const [one, other] = [bench.workers[0].calls('crm', LIMITS), bench.workers[1].calls('crm', LIMITS)];
      expect(await one.take(24, { used: 11, max: 100 })).toBe(true);
      expect(await other.heard()).toEqual({ used: 11, max: 100 });
      expect(await other.spent()).toBe(24);
      expect(await other.take(2, null)).toBe(false);
      expect(await other.take(1, null)).toBe(true);
    });

    it('keep names apart', async () => {
      expect(await bench.workers[0].calls('crm', LIMITS).take(25, QUIET)).toBe(true);
      const other = bench.workers[0].calls('mail', LIMITS);
      expect(await other.spent()).toBe(0);
      expect(await other.heard()).toBeNull();
    });

    it('count what records tell once, and only where they tell of more', async () => {
      const before = { ...LIMITS, spentBefore: 10 };
      expect(await bench.workers[0].calls('crm', before).spent()).toBe(10);
      const other = bench.workers[1].calls('crm', before);
      expect(await other.spent()).toBe(10);
      expect(await other.take(15, QUIET)).toBe(true);
      expect(await bench.workers[2].calls('crm', { ...LIMITS, spentBefore: 20 }).spent()).toBe(25);
    });

    it('give again what was taken a whole day before, and not sooner', async () => {
      const budget = bench.workers[0].calls('crm', LIMITS);
      const taken = bench.now();
      expect(await budget.take(25, QUIET)).toBe(true);
      let back = 0;
      await until('it is given again', async () => {
        await bench.pass(50);
        const given = await budget.take(25, QUIET);
        back = bench.now();
        return given;
      });
      expect(back - taken).toBeGreaterThanOrEqual(SPAN.spanMs - EARLY_MS);
      expect(await budget.spent()).toBe(25);
    });

    it('give not one call too many to workers that all ask at once', async () => {
      await bench.workers[0].calls('crm', LIMITS).take(1, { used: 0, max: 400 });
      const asked = bench.workers.flatMap((worker) => {
        const budget = worker.calls('crm', LIMITS);
        return Array.from({ length: 60 }, () => budget.take(1, null));
      });
      const given = (await Promise.all(asked)).filter(Boolean);
      expect(given).toHaveLength(99);
    });

    it('let no more through in any window than its size, over all workers, and everybody in the end', async () => {
      const size = 4;
      const windowMs = 120;
      const passed: number[] = [];
      const asked = bench.now();
      const turns = Array.from({ length: 18 }, async (_, at) => {
        await bench.workers[(at % 4) as 0 | 1 | 2 | 3].window('mail', size, windowMs).turn();
        passed.push(bench.now());
      });
      const all = Promise.all(turns);
      await bench.pass(windowMs * 5);
      await all;
      passed.sort((one, other) => one - other);
      const tooSoon = passed.filter(
        (at, place) => at - asked < Math.floor(place / size) * windowMs - EARLY_MS,
      );
      expect(tooSoon).toEqual([]);
    });
  });
}

/** A timer may be early by a part of a millisecond, and clocks round. */
const EARLY_MS = 2;
