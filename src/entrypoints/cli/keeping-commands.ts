import type { Command } from 'commander';
import { NO_PROGRESS } from '../../ports/progress.js';
import { openSession } from '../connection/session.js';
import { type CommonFlags, type Streams, withFolder } from './invocation.js';
import { type Finish, inFolder } from './options.js';

/** Commands about what is kept: somebody is forgotten, and back-ups are made. */
export function addKeeping(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('forget'))
    .description(
      'take a person out of everything, tools included; without --apply it only shows what would go',
    )
    .argument('<who>', 'e-mail address or contact id (003…)')
    .option('--apply', 'do it: there is no way back', false)
    .action(async (who: string, flags) => {
      const { forgetCommand } = await import('./commands/forget.js');
      finish(
        await withFolder(flags as CommonFlags, streams, async (folder, terminal) => {
          const session = await openSession(folder, NO_PROGRESS);
          try {
            return await forgetCommand(folder, session, { terminal, who, apply: flags.apply });
          } finally {
            await session.close();
          }
        }),
      );
    });
  inFolder(root.command('backup'))
    .description('copy the state and the service’s own file, while they are in use')
    .argument('[folder]', 'where to; default var/backups')
    .action(async (to: string | undefined, flags) => {
      const { backupCommand } = await import('./commands/backup.js');
      finish(
        await withFolder(flags as CommonFlags, streams, (folder, screen) =>
          backupCommand(folder, screen, to ?? null),
        ),
      );
    });
}
