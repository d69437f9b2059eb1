import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import {
  aBookInPieces,
  type BookInPieces,
  leftBehind,
  pieceSettings,
  planOf,
  syncPieces,
} from '../support/world/in-pieces.js';
import { mortal } from '../support/world/mortal.js';

const ACCOUNTS = 8;
const WHOLE = { accounts: 1_000, items: 1_000 };

let settings: Settings;
beforeAll(() => {
  settings = pieceSettings();
});

describe('the number of pieces', () => {
  it('changes neither the plan nor what comes of it', async () => {
    const outcomes: unknown[] = [];
    for (const pieces of [1, 2, 4]) {
      const book = aBookInPieces(settings, ACCOUNTS);
      const size = Math.ceil(ACCOUNTS / pieces);
      await syncPieces(book.tools, { sizes: { accounts: size, items: size } });
      const assessed = await book.world.state.pieces.list('run-1', 'assess');
      expect(assessed).toHaveLength(pieces);
      const plan = (await planOf(book, 'run-1')).map((item) => JSON.stringify(item));
      expect(plan.length).toBeGreaterThan(ACCOUNTS);
      outcomes.push({ plan, left: await leftBehind(book) });
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });
});

/** Kills a run at its n-th touch of the world and goes on with it under the same id; null where it ended before. */
async function killedAt(dies: number): Promise<BookInPieces | null> {
  const book = aBookInPieces(settings, ACCOUNTS);
  const doomed = mortal(book.tools, dies);
  const sizes = { accounts: 3, items: 3 };
  await syncPieces(doomed.tools, { sizes }).catch(() => undefined);
  // Killed after its last word, it is over.
  const run = await book.world.state.runs.get('run-1');
  if (!doomed.isDead() || run?.status === 'done') return null;
  const report = await syncPieces(book.tools, {
    sizes,
    resume: true,
    holder: 'second',
    holderIsGone: (holder) => holder === 'first',
  });
  expect({ dies, status: report.status }).toEqual({ dies, status: 'done' });
  return book;
}

const sorted = (changes: BookInPieces['wrote']): readonly string[] =>
  changes.map((change) => JSON.stringify(change)).sort();

describe('a run that is killed and gone on with under the same id', () => {
  let undisturbed: BookInPieces;
  let expected: unknown;
  let touches: number;
  beforeAll(async () => {
    undisturbed = aBookInPieces(settings, ACCOUNTS);
    const watched = mortal(undisturbed.tools, Number.POSITIVE_INFINITY);
    await syncPieces(watched.tools, { sizes: { accounts: 3, items: 3 } });
    touches = watched.touches();
    expected = await leftBehind(undisturbed);
  });

  it.each([0, 1, 2, 3, 4])(
    'ends as an undisturbed one, wherever it was killed, with nothing written or sent twice (part %i)',
    async (part) => {
      expect(touches).toBeGreaterThan(300);
      for (let dies = 1 + 3 * part; dies <= touches; dies += 15) {
        const book = await killedAt(dies);
        if (book === null) continue;
        expect({ dies, left: await leftBehind(book) }).toEqual({ dies, left: expected });
        expect({ dies, wrote: sorted(book.wrote) }).toEqual({ dies, wrote: sorted(undisturbed.wrote) });
        const again = await syncPieces(book.tools, { sizes: WHOLE, runId: 'run-2', holder: 'third' });
        expect({ dies, ...again.changes }).toMatchObject({ dies, fields: 0, enrolments: 0, tasks: 0 });
      }
    },
  );
});
