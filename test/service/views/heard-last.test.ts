import { describe, expect, it } from '@jest/globals';
import type { JobQueue, QueueCounts } from '../../../src/ports/job-queue.js';
import { heardLast } from '../../../src/service/views/heard-last.js';

const counts = (waiting: number) => ({ waiting }) as unknown as QueueCounts;

/** A queue whose answers are given by hand. */
function aQueue() {
  const answers: PromiseWithResolvers<QueueCounts>[] = [];
  const ask = (): Promise<QueueCounts> => {
    const answer = Promise.withResolvers<QueueCounts>();
    answers.push(answer);
    return answer.promise;
  };
  const queue: Pick<JobQueue, 'counts' | 'failed'> = { counts: ask, failed: async () => [] };
  return { answers, look: () => heardLast(queue, 'counts', queue.counts) };
}

describe('what a queue is asked about itself', () => {
  it('is waited for where nothing is known yet, and told as it was last where its engine is busy', async () => {
    const { answers, look } = aQueue();
    const first = look();
    answers[0]?.resolve(counts(3));
    expect(await first).toEqual(counts(3));
    expect(await look()).toEqual(counts(3));
    answers[1]?.resolve(counts(5));
    const third = look();
    answers[2]?.resolve(counts(7));
    expect(await third).toEqual(counts(7));
  });

  it('fails where the queue says so in time', async () => {
    const { answers, look } = aQueue();
    const first = look();
    answers[0]?.resolve(counts(1));
    await first;
    const second = look();
    answers[1]?.reject(new Error('away'));
    await expect(second).rejects.toThrow('away');
  });
});
