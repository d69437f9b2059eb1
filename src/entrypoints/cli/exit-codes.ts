import type { Report } from '../../sync/report.js';

/** What the shell is told. A contract: documented in the README, never renumbered. */
export const EXIT = { done: 0, failed: 1, usage: 2, rejected: 3, paused: 4 } as const;

/** The exit code of a run: the worst of its rows. */
export function exitCodeOf(status: Report['status']): number {
  return EXIT[status];
}
