import type { ConsoleUser } from '../../../ports/service-store.js';
import type { AccessDesk } from '../../../service/access/tokens.js';
import { listUsers, removeUser, saveUser } from '../../../service/access/users.js';
import { EXIT } from '../exit-codes.js';
import { commandAsker } from '../os-user.js';
import { type PasswordSource, readPassword } from '../password.js';
import type { Terminal } from '../terminal.js';

export interface AddedUser {
  readonly name: string;
  readonly scope: ConsoleUser['scope'];
  readonly input: PasswordSource;
}

/** `users add`: somebody who may log in to the console, or a new password or scope for them. */
export async function addUserCommand(
  desk: AccessDesk,
  terminal: Terminal,
  added: AddedUser,
): Promise<number> {
  const { name, scope, input } = added;
  const user = await saveUser(
    desk,
    { name, scope, password: await readPassword(terminal, input) },
    commandAsker(),
  );
  terminal.json({ name: user.name, scope: user.scope });
  terminal.say(`${user.name} may log in to the console (${user.scope}).`);
  return EXIT.done;
}

/** `users list`: who may log in to the console, and what they may do there. */
export async function listUsersCommand(desk: AccessDesk, terminal: Terminal): Promise<number> {
  const users = (await listUsers(desk)).map(({ name, scope, createdAt }) => ({
    name,
    scope,
    createdAt: new Date(createdAt).toISOString(),
  }));
  terminal.json({ users });
  for (const { name, scope } of users) terminal.say(`${name} (${scope})`);
  if (users.length === 0) terminal.say('Nobody yet. `truenorth users add NAME` adds somebody.');
  return EXIT.done;
}

/** `users remove`: they are logged out at once, and may log in no more. */
export async function removeUserCommand(desk: AccessDesk, terminal: Terminal, name: string): Promise<number> {
  await removeUser(desk, name, commandAsker());
  terminal.json({ removed: name });
  terminal.say(`${name} may not log in any more.`);
  return EXIT.done;
}
