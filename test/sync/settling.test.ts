import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import type { StateStore, StoredItem } from '../../src/ports/state-store.js';
import { PAGE } from '../../src/sync/context.js';
import type { Report } from '../../src/sync/report.js';
import { Killed } from '../support/world/channels.js';
import { aBookInPieces, type BookInPieces, planOf, syncPieces } from '../support/world/in-pieces.js';
import { settingsWith } from '../support/world/settings.js';

/** More than two pages of each kind of candidate. */
const ACCOUNTS = 2 * PAGE + 40;
const sizes = { accounts: 10_000, items: 10_000 };

const hello = (priority: number, channel: string) => `
label: Hello ${priority}
priority: ${priority}
trigger: { when: "account.arr > 0", reenter: never, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 1 }
steps:
  - { id: hello, day: 1, channel: ${channel}, target: Hello, lateBy: 6 }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  // The second playbook meets everybody whom the first has: what was granted pages ago decides.
  settings = settingsWith(
    { first: hello(60, 'hubspot-list'), second: hello(40, 'hubspot-sequence') },
    'brakes: { share: 100 %, missing: 100 % }',
  );
});

/** A state whose process dies at its n-th page of the plan: before it where `when` says so, else after it. */
function dyingAt(
  state: StateStore,
  nth: number,
  when: 'before' | 'after',
): { pages: number; state: StateStore } {
  const watch = { pages: 0, state };
  let dead = false;
  const dying = (inner: StateStore): StateStore => ({
    ...inner,
    runs: { ...inner.runs, save: async (run) => (dead ? fail() : inner.runs.save(run)) },
    plan: {
      ...inner.plan,
      add: async (...page) => {
        watch.pages += 1;
        dead ||= watch.pages === nth;
        if (dead && when === 'before') fail();
        await inner.plan.add(...page);
        if (dead) fail();
      },
    },
    whileHeld: (held) => dying(inner.whileHeld(held)),
  });
  watch.state = dying(state);
  return watch;
}

function fail(): never {
  throw new Killed('killed');
}

interface Outcome {
  readonly plan: readonly StoredItem[];
  readonly report: Report;
  /** Pages of the plan that were written. */
  readonly pages: number;
}

const LIMIT = Number.POSITIVE_INFINITY;

describe('a plan that is settled', () => {
  const plan = (book: BookInPieces, state: StateStore, holder: string): Promise<Report> =>
    syncPieces(
      { ...book.tools, state },
      { sizes, apply: false, resume: true, holder, holderIsGone: () => true },
    );
  const outcome = async (book: BookInPieces, report: Report, pages: number): Promise<Outcome> => ({
    plan: await planOf(book, 'run-1'),
    report,
    pages,
  });

  /** Each leader is killed at its third page, until one comes to the end. */
  const killedAgainAndAgain = async (when: 'before' | 'after'): Promise<Outcome> => {
    const book = aBookInPieces(settings, ACCOUNTS);
    let pages = 0;
    for (let leader = 1; ; leader += 1) {
      const watch = dyingAt(book.world.state, 3, when);
      const report = await plan(book, watch.state, `leader-${leader}`).catch(() => null);
      pages += watch.pages;
      if (report !== null) return outcome(book, report, pages);
    }
  };

  let undisturbed: Outcome;
  beforeAll(async () => {
    const book = aBookInPieces(settings, ACCOUNTS);
    const watch = dyingAt(book.world.state, LIMIT, 'before');
    const report = await plan(book, watch.state, 'leader');
    undisturbed = await outcome(book, report, watch.pages);
  });

  it('has several pages of each kind, and the later ones go by the earlier ones', () => {
    expect(undisturbed.pages).toBeGreaterThan(9);
    // A sender's day holds 200, and nobody is written to by two playbooks.
    expect(undisturbed.report.changes.enrolments).toBe(200);
    expect(undisturbed.report.refused).toEqual({ active_elsewhere: 200, sender_cap: 2 * (ACCOUNTS - 200) });
  });

  it.each(['before', 'after'] as const)(
    'is the same when its leader is killed again and again, %s a page is written',
    async (when) => {
      const killed = await killedAgainAndAgain(when);
      expect(killed.plan).toEqual(undisturbed.plan);
      expect(killed.report).toMatchObject({
        moves: undisturbed.report.moves,
        refused: undisturbed.report.refused,
        changes: undisturbed.report.changes,
      });
      // Nobody writes again what somebody before has written.
      const lost = when === 'before' ? killed.pages - undisturbed.pages : 0;
      expect(killed.pages - lost).toBe(undisturbed.pages);
      expect(lost).toBeLessThan(undisturbed.pages);
    },
  );
});
