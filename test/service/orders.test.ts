import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../src/adapters/state/memory/index.js';
import type { JobToDo } from '../../src/ports/job-queue.js';
import type { StateStore } from '../../src/ports/state-store.js';
import { askAgain, askForRun } from '../../src/service/orders.js';
import { INCREMENTAL_RUN, runJob } from '../../src/service/run-order.js';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const DAY_MS = 86_400_000;

let state: StateStore;
let added: JobToDo[];
beforeEach(() => {
  state = openMemoryState();
  added = [];
});

const queue = { add: async (job: JobToDo) => void added.push(job) };
const asked = (runId: string) =>
  runJob({ runId, apply: true, parts: INCREMENTAL_RUN, trigger: 'user:ada' }, 't');

describe('A run that was asked for', () => {
  it('is asked for again by the next process when it had not begun', async () => {
    await askForRun({ state, queue }, asked('r1'), NOW);
    added = [];
    await askAgain({ state, queue }, NOW + 1);
    expect(added).toEqual([asked('r1')]);
  });

  it('is let go once it has begun: from there its record says how it stands', async () => {
    await askForRun({ state, queue }, asked('r1'), NOW);
    await state.runs.save({
      id: 'r1',
      org: 'o',
      startedAt: NOW,
      finishedAt: null,
      day: 20_000,
      apply: true,
      stage: 'pull',
      status: 'running',
      trigger: 'user:ada',
      trace: 't',
      fixed: null,
      report: null,
    });
    added = [];
    await askAgain({ state, queue }, NOW + 1);
    await askAgain({ state, queue }, NOW + 2);
    expect(added).toEqual([]);
  });

  it('is let go after a day in which nobody could begin it', async () => {
    await askForRun({ state, queue }, asked('r1'), NOW);
    added = [];
    await askAgain({ state, queue }, NOW + DAY_MS);
    expect(added).toEqual([]);
  });
});
