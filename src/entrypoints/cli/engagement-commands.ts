import { type Command, InvalidArgumentError } from 'commander';
import {
  type CommonFlags,
  type Folder,
  type Streams,
  withFolder,
  withKeptState,
  withSession,
} from './invocation.js';
import { type Finish, inFolder, whole } from './options.js';
import type { Terminal } from './terminal.js';

/** Commands about playbooks: what is coming, what was done, what it changed, and what is held back. */
export function addEngagement(root: Command, finish: Finish, streams: Streams): void {
  addPlaybooks(root, finish, streams);
  addLooks(root, async (flags, command) =>
    finish(await withKeptState(flags as CommonFlags, streams, command)),
  );
  addControls(root, async (flags, command) =>
    finish(await withFolder(flags as CommonFlags, streams, command)),
  );
}

type Looking = (
  flags: unknown,
  command: (folder: Folder, screen: Terminal) => Promise<number>,
) => Promise<void>;

function addPlaybooks(root: Command, finish: Finish, streams: Streams): void {
  const looking: Looking = async (flags, command) =>
    finish(await withFolder(flags as CommonFlags, streams, command));
  const playbooks = root.command('playbooks').description('list, validate and try playbooks');
  inFolder(playbooks.command('list', { isDefault: true }))
    .description('every playbook: what starts it, its channels, what runs, what is paused')
    .action(async (flags) => {
      const { listCommand } = await import('./commands/playbooks.js');
      await looking(flags, listCommand);
    });
  inFolder(playbooks.command('validate'))
    .description(
      'whether the files are right, the lists and sequences they name exist, and their audiences hold for anybody',
    )
    .action(async (flags) => {
      const { validateCommand } = await import('./commands/playbooks.js');
      await looking(flags, validateCommand);
    });
  inFolder(playbooks.command('try'))
    .description('who would be enrolled now if what holds today counted as an edge; writes nothing')
    .argument('<playbook>', 'its id: the name of its file')
    .action(async (id: string, flags) => {
      const { tryCommand } = await import('./commands/try-playbook.js');
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          tryCommand(session, screen, id),
        ),
      );
    });
}

function addLooks(root: Command, looking: Looking): void {
  inFolder(root.command('calendar'))
    .description('touches of the coming weeks by playbook, channel, tier and day, and where caps bind')
    .option('--weeks <n>', 'how many weeks, 1 to 26', weeks, 4)
    .action(async (flags) => {
      const { calendarCommand } = await import('./commands/calendar.js');
      await looking(flags, (folder, screen) => calendarCommand(folder, screen, flags.weeks));
    });
  inFolder(root.command('moments'))
    .description('how long customers take from moment to moment, by the quarter in which they began')
    .action(async (flags) => {
      const { momentsCommand } = await import('./commands/moments.js');
      await looking(flags, momentsCommand);
    });
  inFolder(root.command('timeline'))
    .description('everything decided and done for an account or a person, in order of time, with reasons')
    .argument('<who>', 'an account by id or exact name, or a person by contact id or e-mail address')
    .action(async (who: string, flags) => {
      const { timelineCommand } = await import('./commands/timeline.js');
      await looking(flags, (folder, screen) => timelineCommand(folder, screen, who));
    });
  inFolder(root.command('lift'))
    .description('what a playbook changed, by those who were kept out of it')
    .argument('<playbook>', 'its id: the name of its file')
    .action(async (id: string, flags) => {
      const { liftCommand } = await import('./commands/lift.js');
      await looking(flags, (folder, screen) => liftCommand(folder, screen, id));
    });
}

function addControls(root: Command, looking: Looking): void {
  for (const [name, on] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    inFolder(root.command(name))
      .description(on ? 'hold back what is sent, until `truenorth resume`' : 'let go on what was paused')
      .option('--all', 'everything that is sent, tasks included', false)
      .option('--fields', 'the fields of accounts: score, band, tier and all others', false)
      .option('--playbook <id>', 'one playbook')
      .option('--channel <id>', 'one channel')
      .action(async (flags) => {
        const { holdCommand } = await import('./commands/controls.js');
        await looking(flags, (folder, screen) => holdCommand(folder, screen, { on, flags }));
      });
  }
  inFolder(root.command('stop'))
    .description('end by hand what runs for an account, or one episode, with the next run')
    .argument('<account-or-episode>', 'an account by id or exact name, or an episode by id')
    .option('--undo', 'take it back', false)
    .action(async (asked: string, flags) => {
      const { stopCommand } = await import('./commands/controls.js');
      await looking(flags, (folder, screen) => stopCommand(folder, screen, { asked, undo: flags.undo }));
    });
  inFolder(root.command('approve'))
    .description('show what a brake held back; --yes lets the next run carry it out')
    .option('--yes', 'approve it', false)
    .action(async (flags) => {
      const { approveCommand } = await import('./commands/approve.js');
      await looking(flags, (folder, screen) => approveCommand(folder, screen, flags.yes));
    });
}

const MOST_WEEKS = 26;

function weeks(text: string): number {
  const number = whole(text);
  if (number < 1 || number > MOST_WEEKS)
    throw new InvalidArgumentError(`It must be a number of weeks from 1 to ${MOST_WEEKS}.`);
  return number;
}
