import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveQueueOver } from '../../compose-service.js';
import { IntegrationError } from '../../ports/errors.js';
import { openEngineRoom } from './engine-room.js';
import type { FromEngine, ThreadTask, ToEngine } from './messages.js';

/** The engine of one org, in a thread of its own: a run may take all of it, and the API goes on. */
const { place, queue } = workerData as ThreadTask;
// Where the two want the same core, whoever waits for an answer goes first. Only Linux ranks threads; elsewhere it would be the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

function tell(message: FromEngine): void {
  parentPort?.postMessage(message);
}

try {
  const room = await openEngineRoom(place);
  if (queue !== null) serveQueueOver(queue, room.queue);
  parentPort?.on('message', (message: ToEngine) => {
    void room.stop(message.graceMs).then(() => {
      tell({ kind: 'stopped' });
      process.exit(0);
    });
  });
  tell({ kind: 'started' });
} catch (error) {
  const known = error instanceof IntegrationError;
  tell({
    kind: 'failed',
    code: known ? error.code : 'UNEXPECTED',
    message: error instanceof Error ? error.message : String(error),
    actions: known ? error.actions : [],
    retryable: known && error.retryable,
  });
  process.exit(1);
}
