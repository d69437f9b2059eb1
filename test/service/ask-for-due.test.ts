import { describe, expect, test } from '@jest/globals';
import { jobsFor } from '../../src/service/ask-for-due.js';
import type { DueTask } from '../../src/service/schedule.js';

function due(task: DueTask['task']): DueTask {
  return { task, slot: 0, id: `${task}:slot`, done: { [task]: 0 } };
}

describe('What the schedule asks for', () => {
  test('tasks of a run that are due at once become one run that does all of them', () => {
    const jobs = jobsFor([due('full'), due('reconciliation'), due('readBack')], 'r1');
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({
      name: 'run',
      id: 'full:slot+reconciliation:slot',
      payload: { runId: 'r1', apply: true, parts: { full: true, reconcile: true, engagement: true } },
    });
  });

  test('the small run between the others neither reads answers nor compares ids', () => {
    const [job] = jobsFor([due('incremental')], 'r1');
    expect(job?.payload).toMatchObject({ parts: { full: 'when due', reconcile: false, engagement: false } });
  });

  test('reading answers alone is a job of its own, as are the digest, the housekeeping and the watch on drift', () => {
    const names = jobsFor([due('readBack'), due('digest'), due('housekeeping'), due('drift')], 'r1').map(
      ({ name }) => name,
    );
    expect(names).toEqual(['read-back', 'digest', 'housekeeping', 'drift']);
  });

  test('whichever engine asks, the same slot is the same job', () => {
    const ids = ['r1', 'r2'].map((runId) => jobsFor([due('incremental')], runId)[0]?.id);
    expect(new Set(ids).size).toBe(1);
  });
});
