import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { approvePlan } from '../../src/service/actions/approve.js';
import { rejectPlan } from '../../src/service/actions/reject.js';
import { askWhatIf } from '../../src/service/actions/what-if.js';
import { beat } from '../../src/service/engines.js';
import { whatIfJob } from '../../src/service/jobs/what-if.js';
import { needsOf } from '../../src/service/views/needs.js';
import { planReview, waitingPlan } from '../../src/service/views/plan-review.js';
import { weighedModels, whatIfOf, whatIfs, withWeights } from '../../src/service/views/what-if.js';
import { deskOf } from '../support/service/running-app.js';
import { healthByCases } from '../support/world/health.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ASKER = { who: 'user:ada', trace: 'trace' };
const HEALTH = `
models:
  - id: one
    dimensions:
      support: { weight: 10, signals: { openCases: { weight: 10, curve: { linear: { from: 10, to: 0 } } } } }
      commercial: { weight: 10, signals: { recent: { label: recent cases, weight: 10, value: cases.openedLast90, curve: { linear: { from: 100, to: 0 } } } } }
`;

let braked: Settings;
beforeAll(() => {
  braked = settingsWith({}, 'brakes: { share: 30 %, atLeast: 2, missing: 90 % }', {
    'config/health.yaml': healthByCases(10),
  });
});

/** Ten accounts, six of which the next plan would bring to risk. */
async function heldCompany(): Promise<World> {
  const world = aWorld({ settings: braked });
  const accounts = Array.from({ length: 10 }, () => anAccount(world));
  for (const account of accounts) openCases(world, account, 1);
  await world.sync();
  world.pass(1);
  for (const account of accounts.slice(0, 6)) openCases(world, account, 9);
  expect((await world.sync()).status).toBe('paused');
  return world;
}

describe('a plan that a brake holds', () => {
  it('waits for somebody, counted by what it would change', async () => {
    const world = await heldCompany();
    const waiting = await waitingPlan(world.state);
    expect(waiting?.brakes.map(({ kind }) => kind)).toEqual(['band']);
    const review = await planReview(world.state, braked, waiting?.run ?? '');
    expect(review).toMatchObject({ bandMoves: { 'healthy > risk': 6 }, tierMoves: {} });
    expect(review.counted).toBe(review.total);
    const [need] = await needsOf(deskOf(world), world.tools.clock.now());
    expect(need?.urgency).toBe('now');
  });

  it('waits no more once it is rejected, and is not approved by that', async () => {
    const world = await heldCompany();
    const desk = deskOf(world);
    const run = (await waitingPlan(world.state))?.run ?? '';
    await approvePlan(desk, run, ASKER);
    await rejectPlan(desk, run, ASKER);
    expect(await waitingPlan(world.state)).toBeNull();
    const [entry] = await desk.store.audit.list(1, null);
    expect(entry).toMatchObject({ who: 'user:ada', what: 'reject plan', subject: run });
    expect((await world.sync()).status).toBe('paused');
    expect((await waitingPlan(world.state))?.run).not.toBe(run);
    await expect(rejectPlan(desk, run, ASKER)).rejects.toThrow('waits for no approval');
  });
});

describe('what needs somebody', () => {
  it('is nothing where a run has ended well and an engine is there', async () => {
    const world = aWorld({ settings: braked });
    const desk = deskOf(world);
    const now = world.tools.clock.now();
    expect((await needsOf(desk, now)).map(({ place }) => place)).toEqual(['system', 'runs']);
    anAccount(world);
    await world.sync();
    await beat(world.state.notes, { holder: 'one', at: now, startedAt: now });
    expect(await needsOf(desk, now)).toEqual([]);
    expect((await needsOf(desk, now + 3_600_000)).map(({ place }) => place)).toEqual(['system']);
  });
});

describe('a what-if', () => {
  it('is answered from the stored book, and changes nothing', async () => {
    const settings = settingsWith({}, '', { 'config/health.yaml': HEALTH });
    const world = aWorld({ settings });
    const accounts = Array.from({ length: 4 }, () => anAccount(world));
    for (const account of accounts) openCases(world, account, 8);
    await world.sync();
    const desk = deskOf(world);
    const id = await askWhatIf(
      desk,
      { weights: { one: { support: 1, commercial: 99 } }, sample: null },
      ASKER,
    );
    expect(await whatIfOf(world.state.notes, id)).toMatchObject({ state: 'waiting', result: null });
    const job = whatIfJob({ state: world.state, tools: async () => world.tools, log: world.tools.log });
    const before = await world.state.standings.tally();
    await job(
      { name: 'what-if', id: `what-if:${id}`, payload: { id }, attempt: 1, trace: 'trace' },
      new AbortController().signal,
    );
    const answer = await whatIfOf(world.state.notes, id);
    expect({ state: answer?.state, trouble: answer?.trouble }).toEqual({ state: 'done', trouble: null });
    expect(answer?.result?.accounts).toMatchObject({ read: 4, scoreChanged: 4, bandChanged: 4 });
    expect(await world.state.standings.tally()).toEqual(before);
  });

  it('is refused where the weights are none, and keeps the latest five', async () => {
    const desk = deskOf(aWorld({ settings: braked }));
    for (const weight of [-1, 101, 1.5, Number.NaN, 0])
      await expect(
        askWhatIf(desk, { weights: { one: { support: weight } }, sample: null }, ASKER),
      ).rejects.toMatchObject({ code: 'WEIGHTS_INVALID' });
    for (let n = 1; n <= 7; n += 1)
      await askWhatIf(desk, { weights: { one: { support: n } }, sample: null }, ASKER);
    const kept = await whatIfs(desk.state.notes);
    expect(kept.map(({ weights }) => weights.one?.support)).toEqual([7, 6, 5, 4, 3]);
  });

  it('leaves a dimension of weight 0 out, and everything else as it is', () => {
    const settings = settingsWith({}, '', { 'config/health.yaml': HEALTH });
    const other = withWeights(settings, { one: { commercial: 0 } });
    expect(weighedModels(other)[0]?.dimensions).toEqual([
      expect.objectContaining({ id: 'support', weight: 10 }),
    ]);
    expect(other.health.version).not.toBe(settings.health.version);
  });
});
