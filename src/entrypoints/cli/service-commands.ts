import type { Command } from 'commander';
import type { OrgPlace } from '../connection/org-place.js';
import { type CommonFlags, type Streams, screenFor } from './invocation.js';
import { type Finish, inFolder, whole } from './options.js';

/** Commands of the service: what runs by itself. */
export function addService(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('serve'))
    .description('the service: API, console, schedule and a worker, until interrupted')
    .option('--host <address>', 'address to listen on; 0.0.0.0 = every one of this machine', '127.0.0.1')
    .option('--port <p>', 'port to listen on; 0 = any free', whole, 8080)
    .option('--proxies <n>', 'proxies before it whose X-Forwarded-… headers are believed', whole, 0)
    .option('--orgs <file>', 'serve several orgs side by side, as this YAML file lists them')
    .action(async (flags) => {
      const { serveCommand } = await import('./commands/serve.js');
      const { host, port, orgs, proxies } = flags;
      const screen = screenFor(streams, flags.json);
      finish(
        await serveCommand(placeOf(flags as CommonFlags), screen, {
          host,
          port,
          orgs: orgs ?? null,
          proxies,
        }),
      );
    });
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
