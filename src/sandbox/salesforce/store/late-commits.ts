import type { SandboxClock } from '../../clock.js';

/** Writes whose stamp is old when they become visible, as in a long transaction (facts §6). */
export interface LateCommits {
  /** Runs `commit` once the clock has moved on by `ms`. */
  readonly hold: (ms: number, commit: () => void) => void;
  /** Commits what is due; called at the start of each request. */
  readonly settle: () => void;
}

export function startLateCommits(clock: SandboxClock): LateCommits {
  let held: readonly { readonly at: number; readonly commit: () => void }[] = [];
  return {
    hold: (ms, commit) => {
      held = [...held, { at: clock.now() + ms, commit }];
    },
    settle: () => {
      if (held.length === 0) {
        return;
      }
      const now = clock.now();
      const due = held.filter((entry) => entry.at <= now);
      held = held.filter((entry) => entry.at > now);
      for (const entry of due) {
        entry.commit();
      }
    },
  };
}
