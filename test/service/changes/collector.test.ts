import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../../src/adapters/state/memory/index.js';
import { NO_LOG } from '../../../src/entrypoints/connection/log-file.js';
import type { JobToDo } from '../../../src/ports/job-queue.js';
import { closeBatch, feedPosition, openBatch } from '../../../src/service/changes/batch.js';
import { type Collector, startCollector } from '../../../src/service/changes/collector.js';

/** A collector whose waits take no time, and the jobs that it asked for. */
function aCollector() {
  const { notes } = openMemoryState();
  const jobs: JobToDo[] = [];
  let now = 0;
  let batches = 0;
  let woken: (() => void) | null = null;
  const add = async (job: JobToDo): Promise<void> => {
    jobs.push(job);
    woken?.();
  };
  const collector = startCollector({
    notes,
    queue: { add },
    clock: {
      now: () => now,
      sleep: async (ms, signal) => {
        await wait(1, undefined, { ...(signal === undefined ? {} : { signal }) });
        now += ms;
      },
    },
    log: NO_LOG,
    newId: () => {
      batches += 1;
      return `batch-${batches}`;
    },
    realNow: () => now,
  });
  return {
    collector,
    notes,
    jobs,
    /** Resolves once so many jobs were asked for. */
    asked: async (count: number): Promise<void> => {
      while (jobs.length < count)
        await new Promise<void>((resolve) => {
          woken = resolve;
        });
    },
    now: () => now,
  };
}

const hint = (object: string, ids: readonly string[], position = 'p') => ({
  object,
  ids,
  deleted: false,
  at: null,
  position,
});

let world: ReturnType<typeof aCollector>;
let collector: Collector;
beforeEach(() => {
  world = aCollector();
  collector = world.collector;
});
afterEach(() => collector.stop());

describe('changes that come together', () => {
  it('are handed on as one batch, each record once, with the position after the last', async () => {
    for (let at = 0; at < 200; at += 1) collector.add(hint('Case', [`C${at % 5}`], `p${at}`));
    collector.add(hint('Contact', ['P1'], 'last'));
    await world.asked(1);
    expect(await openBatch(world.notes)).toEqual({
      id: 'batch-1',
      hints: {
        Case: { ids: ['C0', 'C1', 'C2', 'C3', 'C4'], whole: false },
        Contact: { ids: ['P1'], whole: false },
      },
    });
    expect(await feedPosition(world.notes)).toBe('last');
    expect(world.jobs.map(({ name, payload }) => [name, payload])).toEqual([
      ['refresh', { batch: 'batch-1' }],
    ]);
  });

  it('are an object as a whole where they cannot be named, or are too many', async () => {
    collector.add(hint('Case', ['C1']));
    collector.add(hint('Case', []));
    collector.add(hint('Case', ['C2']));
    for (let at = 0; at < 600; at += 1) collector.add(hint('Task', [`T${at}`]));
    await world.asked(1);
    const whole = { ids: [], whole: true };
    expect((await openBatch(world.notes))?.hints).toEqual({ Case: whole, Task: whole });
  });

  it('wait until the batch before them is done', async () => {
    collector.add(hint('Case', ['C1']));
    await world.asked(1);
    collector.add(hint('Case', ['C2']));
    const first = await openBatch(world.notes);
    expect(first?.hints).toEqual({ Case: { ids: ['C1'], whole: false } });
    if (first !== null) await closeBatch(world.notes, first);
    await world.asked(2);
    expect(await openBatch(world.notes)).toEqual({
      id: 'batch-2',
      hints: { Case: { ids: ['C2'], whole: false } },
    });
  });

  it('are asked for again when the queue has lost them', async () => {
    collector.add(hint('Case', ['C1']));
    await world.asked(1);
    collector.add(hint('Case', ['C2']));
    await world.asked(2);
    expect(world.jobs.map(({ payload }) => payload)).toEqual([{ batch: 'batch-1' }, { batch: 'batch-1' }]);
    expect(new Set(world.jobs.map(({ id }) => id)).size).toBe(2);
  });

  it('leave the position where it was until they are kept', async () => {
    collector.add(hint('Case', ['C1']));
    await collector.stop();
    expect(await feedPosition(world.notes)).toBeNull();
    expect(await openBatch(world.notes)).toBeNull();
  });
});
