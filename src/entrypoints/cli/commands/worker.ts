import { once } from 'node:events';
import { IntegrationError } from '../../../ports/errors.js';
import { type OrgPlace, surroundingsOf } from '../../connection/org-place.js';
import { openEngineRoom } from '../../worker/engine-room.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

/** How long what is under way may take to come to its next safe point. */
export const GRACE_MS = 20_000;

/** `worker`: one more engine for an org whose state and jobs are shared. Works until it is asked to stop. */
export async function workerCommand(place: OrgPlace, terminal: Terminal): Promise<number> {
  const { environment } = surroundingsOf(place, 'engine');
  if (environment.databaseUrl === null || environment.redisUrl === null) throw notShared();
  const room = await openEngineRoom(place);
  const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  terminal.aside('Working until interrupted (Ctrl+C).');
  await asked;
  await room.stop(GRACE_MS);
  return EXIT.done;
}

function notShared(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'WORKER_NEEDS_SHARED_STATE',
    message: 'A worker shares its state and its jobs with others, and here both live in one process.',
    actions: [
      'Set DATABASE_URL (PostgreSQL) and REDIS_URL (Redis), the same for every process of the org.',
      'Or use `truenorth serve` alone: it has a worker in it.',
    ],
    retryable: false,
    provider: 'config',
    operation: 'start a worker',
  });
}
