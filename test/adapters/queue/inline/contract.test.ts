import { MessageChannel } from 'node:worker_threads';
import { inlineQueue, queueOverPort, serveQueue } from '../../../../src/adapters/queue/inline/index.js';
import { PATIENCE } from '../../../contracts/job-queue/bench.js';
import { jobQueueContract } from '../../../contracts/job-queue.js';
import { movedClock } from '../../../support/moved-clock.js';
import { SILENT } from '../../../support/silent-log.js';

const START = Date.UTC(2026, 10, 26, 9);
const random = (): number => 0.5;

jobQueueContract('the queue of this thread', async (kept) => {
  const clock = movedClock(START);
  const queue = inlineQueue({ clock, log: SILENT, patience: PATIENCE, random, kept });
  return { asking: queue, doing: queue, now: clock.now, pass: clock.move, close: queue.close };
});

jobQueueContract('the queue of another thread', async (kept) => {
  const clock = movedClock(START);
  const queue = inlineQueue({ clock, log: SILENT, patience: PATIENCE, random, kept });
  const { port1, port2 } = new MessageChannel();
  serveQueue(port1, queue);
  const asking = queueOverPort(port2, 20_000);
  const close = async (): Promise<void> => {
    await asking.close();
    await queue.close();
  };
  return { asking, doing: queue, now: clock.now, pass: clock.move, close };
});
