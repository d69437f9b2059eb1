import { type Command, Option } from 'commander';
import { openServiceStore } from '../../compose.js';
import { SCOPES } from '../../ports/service-store.js';
import type { AccessDesk } from '../../service/access/tokens.js';
import { type CommonFlags, type Streams, withFolder } from './invocation.js';
import { type Finish, inFolder } from './options.js';
import type { Terminal } from './terminal.js';

type Working = (
  flags: unknown,
  command: (desk: AccessDesk, screen: Terminal) => Promise<number>,
) => Promise<void>;

/** Commands about who may use the service: programs by tokens, people by name and password. */
export function addAccess(root: Command, finish: Finish, streams: Streams): void {
  const working: Working = async (flags, command) => {
    const { now: _, ...common } = flags as CommonFlags;
    finish(
      await withFolder(common, streams, async (folder, screen) => {
        const store = await openServiceStore(folder);
        try {
          return await command({ store, clock: folder.clock }, screen);
        } finally {
          await store.close();
        }
      }),
    );
  };
  addTokens(root, working);
  addUsers(root, working, streams);
}

function addTokens(root: Command, working: Working): void {
  const tokens = root.command('tokens').description('tokens for the HTTP API');
  inFolder(tokens.command('create'))
    .description('make a token; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(
      new Option('--scope <scope>', 'write includes read, admin all; usage only sends usage in')
        .choices([...SCOPES])
        .makeOptionMandatory(),
    )
    .action(async (flags) => {
      const { createTokenCommand } = await import('./commands/tokens.js');
      await working(flags, (desk, screen) => createTokenCommand(desk, screen, flags));
    });
  inFolder(tokens.command('list', { isDefault: true }))
    .description('every token, what it may do, and when it was last used')
    .action(async (flags) => {
      const { listTokensCommand } = await import('./commands/tokens.js');
      await working(flags, listTokensCommand);
    });
  inFolder(tokens.command('revoke'))
    .description('make a token count no more, at once')
    .argument('<id>', 'as `tokens list` shows it')
    .action(async (id: string, flags) => {
      const { revokeTokenCommand } = await import('./commands/tokens.js');
      await working(flags, (desk, screen) => revokeTokenCommand(desk, screen, id));
    });
}

const USER_SCOPES = SCOPES.filter((scope) => scope !== 'usage');

function addUsers(root: Command, working: Working, streams: Streams): void {
  const users = root.command('users').description('people who may log in to the console');
  inFolder(users.command('add'))
    .description(
      'add somebody, or give them another password or scope; the password is asked for, or read from a pipe',
    )
    .argument('<name>', 'name to log in with')
    .addOption(
      new Option('--scope <scope>', 'read looks, write changes, admin reads the audit, too')
        .choices(USER_SCOPES)
        .default('read'),
    )
    .action(async (name: string, flags) => {
      const { addUserCommand } = await import('./commands/users.js');
      const input = streams.in ?? process.stdin;
      await working(flags, (desk, screen) =>
        addUserCommand(desk, screen, { name, scope: flags.scope, input }),
      );
    });
  inFolder(users.command('list', { isDefault: true }))
    .description('who may log in, and what they may do')
    .action(async (flags) => {
      const { listUsersCommand } = await import('./commands/users.js');
      await working(flags, listUsersCommand);
    });
  inFolder(users.command('remove'))
    .description('log somebody out and let them log in no more')
    .argument('<name>', 'as `users list` shows it')
    .action(async (name: string, flags) => {
      const { removeUserCommand } = await import('./commands/users.js');
      await working(flags, (desk, screen) => removeUserCommand(desk, screen, name));
    });
}
