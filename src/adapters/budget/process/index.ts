import type { Budgets, RateWindow } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';
import { type Account, callBudget, DAY, emptyAccount, type Span } from './calls.js';
import { rollingWindow } from './window.js';

export interface ProcessBudgetsOptions {
  readonly clock: Clock;
  /** Absent = 24 hours in buckets of five minutes. */
  readonly span?: Span;
}

/** Budgets of one process: what earlier ones spent is told by `spentBefore`. */
export function processBudgets({ clock, span = DAY }: ProcessBudgetsOptions): Budgets {
  const accounts = new Map<string, Account>();
  const windows = new Map<string, RateWindow>();
  return {
    calls(name, limits) {
      const account = accounts.get(name) ?? emptyAccount();
      accounts.set(name, account);
      return callBudget(account, limits, { ...span, now: clock.now });
    },
    window(name, size, windowMs) {
      const window = windows.get(name) ?? rollingWindow(clock, size, windowMs);
      windows.set(name, window);
      return window;
    },
    close: async () => {},
  };
}
