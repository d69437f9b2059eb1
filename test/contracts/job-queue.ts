import { afterEach, beforeEach, describe } from '@jest/globals';
import type { OpenQueue, QueueBench } from './job-queue/bench.js';
import { failuresContract } from './job-queue/failures.js';
import { orderContract } from './job-queue/order.js';
import { stoppingContract } from './job-queue/stopping.js';

/** How many ended jobs the queue under test remembers. */
const KEPT = 3;

/** What every job queue does, whatever carries it. */
export function jobQueueContract(name: string, open: OpenQueue): void {
  describe(`${name} as a job queue`, () => {
    let bench: QueueBench;
    beforeEach(async () => {
      bench = await open(KEPT);
    });
    afterEach(() => bench.close());

    orderContract(() => bench);
    failuresContract(() => bench);
    stoppingContract(() => bench);
  });
}
