import type { Command } from 'commander';
import type { OrgPlace } from '../connection/org-place.js';
import { type CommonFlags, type Streams, screenFor } from './invocation.js';
import { type Finish, inFolder } from './options.js';

/** Commands of the service: what runs by itself. */
export function addService(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('worker'))
    .description('one more worker for a service whose state is in PostgreSQL and whose jobs are in Redis')
    .action(async (flags) => {
      const { workerCommand } = await import('./commands/worker.js');
      finish(await workerCommand(placeOf(flags as CommonFlags), screenFor(streams, flags.json)));
    });
}

function placeOf({ dir, envFile, now }: CommonFlags): OrgPlace {
  return { name: null, folder: dir, envFile: envFile ?? null, now: now ?? null };
}
