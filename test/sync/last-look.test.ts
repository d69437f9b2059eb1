import { describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../src/adapters/state/memory/index.js';
import { outcomeQuestion } from '../../src/entrypoints/cli/outcome-question.js';
import { gatherOutcomes } from '../../src/insight/outcomes.js';
import type { RunRecord } from '../../src/ports/state-store.js';
import { lookAhead, lookAtState } from '../../src/sync/account-today.js';
import { lastLook } from '../../src/sync/last-look.js';
import { aRun } from '../contracts/state-store/builders.js';
import { aRenewalWorld, customers } from '../support/insight/renewal-world.js';

const NOBODY = new Set<never>();

async function stateWith(...runs: readonly RunRecord[]) {
  const state = openMemoryState();
  for (const run of runs) await state.runs.save(run);
  return state;
}

describe('what is known of a book', () => {
  it('ends with the day of the last look, however long ago that was', async () => {
    const world = aRenewalWorld('floor: 5\n');
    customers(world, 3, { ARR__c: 5_000, Days_Overdue__c: 0 });
    await world.sync();
    const lastDay = world.today();
    world.pass(60);
    const { run, knownUntil } = await lookAtState(world.tools, NOBODY);
    expect([run.today, knownUntil]).toEqual([lastDay, lastDay]);
    const flags = { days: 30, outcome: 'payments.daysOverdue > 0', among: null };
    expect(() => outcomeQuestion({ ...flags, asOf: lastDay - 20 }, run)).toThrow(/last look/);
    expect(outcomeQuestion({ ...flags, asOf: lastDay - 30 }, run).asOf).toBe(lastDay - 30);
    const { examples } = await gatherOutcomes(run, outcomeQuestion({ ...flags, asOf: null }, run));
    expect(new Set(examples.map(({ cut }) => cut))).toEqual(new Set([lastDay - 30]));
  });

  it('does not stop what looks ahead from beginning on the day of the clock', async () => {
    const world = aRenewalWorld('floor: 5\n');
    await world.sync();
    world.pass(60);
    const { run, knownUntil } = await lookAhead(world.tools, NOBODY);
    expect([run.today, knownUntil]).toEqual([world.today(), world.today() - 60]);
  });
});

describe('the run that the state rests on', () => {
  const done = aRun('r1', { stage: 'report', status: 'done', finishedAt: 2_000 });

  it('is none before a first run came through the whole book', async () => {
    await expect(lastLook(await stateWith())).rejects.toMatchObject({ code: 'NO_RUN_YET' });
    for (const [stage, status] of [
      ['pull', 'running'],
      ['assess', 'failed'],
      ['pull', 'cancelled'],
    ] as const)
      await expect(lastLook(await stateWith(aRun('r1', { stage, status })))).rejects.toMatchObject({
        code: 'NO_FINISHED_RUN',
        kind: 'Config',
      });
  });

  it('is the last one that assessed to the end, beside a newer one that did not', async () => {
    const state = await stateWith(done, aRun('r2', { startedAt: 3_000 }));
    const { lastRun, unfinished } = await lastLook(state);
    expect([lastRun.id, unfinished?.id]).toEqual(['r1', 'r2']);
  });

  it('counts a run that broke off after the book was assessed', async () => {
    const state = await stateWith(done, aRun('r2', { startedAt: 3_000, stage: 'apply', status: 'failed' }));
    const { lastRun, unfinished } = await lastLook(state);
    expect([lastRun.id, unfinished]).toEqual(['r2', null]);
  });

  it('passes over reverts, which read no book', async () => {
    const revert = aRun('r2', { startedAt: 3_000, stage: 'report', status: 'done', fixed: null });
    expect((await lastLook(await stateWith(done, revert))).lastRun.id).toBe('r1');
    await expect(lastLook(await stateWith(revert))).rejects.toMatchObject({ code: 'NO_RUN_YET' });
  });

  it('is found behind many that broke off', async () => {
    const broken = Array.from({ length: 45 }, (_, nth) =>
      aRun(`b${nth}`, { startedAt: 3_000 + nth, status: 'failed' }),
    );
    const { lastRun, unfinished } = await lastLook(await stateWith(done, ...broken));
    expect([lastRun.id, unfinished?.id]).toEqual(['r1', 'b44']);
  });
});
