import { describe, expect, it } from '@jest/globals';
import { basisWarnings } from '../../../src/entrypoints/cli/with-basis.js';
import { basisOfBook } from '../../../src/insight/basis.js';
import { aRun } from '../../contracts/state-store/builders.js';
import { aRenewalWorld, customers } from '../../support/insight/renewal-world.js';

const NOBODY = new Set<never>();

async function aReadBook() {
  const world = aRenewalWorld('floor: 5\n');
  customers(world, 3, { ARR__c: 30_000, Days_Overdue__c: 0 });
  await world.sync();
  return world;
}

describe('what the numbers of a command rest on', () => {
  it('is the last run, on its day, with nothing to warn of', async () => {
    const world = await aReadBook();
    const day = '2026-03-02';
    const basis = await basisOfBook(world.tools, NOBODY);
    const [{ id: run } = { id: '' }] = await world.state.runs.list(1);
    expect(basis).toEqual({ run, day, daysAgo: 0, unfinished: null, configChanged: false });
    expect(basisWarnings(basis)).toEqual([]);
  });

  it('is warned of once the book was read more than a week ago', async () => {
    const world = await aReadBook();
    world.pass(7);
    expect(basisWarnings(await basisOfBook(world.tools, NOBODY))).toEqual([]);
    world.pass(1);
    expect(basisWarnings(await basisOfBook(world.tools, NOBODY))).toEqual([
      'The book was last read 8 days ago: everything here is told as of 2 Mar 2026. `truenorth plan` reads it again.',
    ]);
  });

  it('is warned of where a later run has not come through the book', async () => {
    const world = await aReadBook();
    const [last] = await world.state.runs.list(1);
    await world.state.runs.save(
      aRun('later', { startedAt: world.tools.clock.now() + 1, day: world.today(), status: 'failed' }),
    );
    const basis = await basisOfBook(world.tools, NOBODY);
    expect(basis.run).toBe(last?.id);
    expect(basis.unfinished).toEqual({ run: 'later', day: '2026-03-02', status: 'failed' });
    expect(basisWarnings(basis)).toEqual([
      `Run later of 2 Mar 2026 has not come through the book (failed): this rests on run ${last?.id}, and some rows may be newer than its scores.`,
    ]);
  });

  it('is warned of where tiers are drawn otherwise since, until the next run', async () => {
    const world = await aReadBook();
    const { settings } = world.tools;
    const changed = world.with({
      ...settings,
      tiers: { ...settings.tiers, measureLabel: 'Another measure' },
    });
    const basis = await basisOfBook(changed.tools, NOBODY);
    expect(basis.configChanged).toBe(true);
    expect(basisWarnings(basis)).toEqual([
      `config/ was changed since run ${basis.run}: tiers and scores are those of that run until the next.`,
    ]);
    await changed.sync();
    expect((await basisOfBook(changed.tools, NOBODY)).configChanged).toBe(false);
  });
});
