import type { ConsoleUser } from '../../ports/service-store.js';
import type { Asker } from '../desk.js';
import { absent, invalid } from '../refusal.js';
import { hashPassword, isPassword } from './secrets.js';
import { type AccessDesk, noteAccess } from './tokens.js';

export type ShownUser = Omit<ConsoleUser, 'password'>;

const NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/;
const LEAST_PASSWORD = 12;
/** Longer ones are no safer and cost us time. */
const MOST_PASSWORD = 200;

/** Names are compared in lower case. */
export function userName(typed: string): string {
  return typed.trim().toLowerCase();
}

export interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly scope: ConsoleUser['scope'];
}

/** Adds somebody, or gives them another password or scope; whoever was logged in with the old one is so no more. */
export async function saveUser(desk: AccessDesk, user: NewUser, asker: Asker): Promise<ShownUser> {
  const name = userName(user.name);
  requireGood(name, user.password);
  const known = await desk.store.users.get(name);
  const shown = { name, scope: user.scope, createdAt: known?.createdAt ?? desk.clock.now() };
  await desk.store.users.save({ ...shown, password: await hashPassword(user.password) });
  await desk.store.sessions.endAll(name);
  const what = known === null ? 'add user' : 'change user';
  await noteAccess(desk, asker, { what, subject: name, particulars: { scope: user.scope } });
  return shown;
}

function requireGood(name: string, password: string): void {
  const operation = 'add user';
  if (!NAME.test(name))
    throw invalid({
      code: 'USER_NAME_INVALID',
      message: 'That is no name for a user.',
      action:
        'Give 1 to 64 letters, digits, dots, hyphens, underscores or @, beginning with a letter or digit.',
      operation,
    });
  const { length } = [...password];
  if (length < LEAST_PASSWORD || length > MOST_PASSWORD || password.includes(name))
    throw invalid({
      code: 'PASSWORD_WEAK',
      message: `The password is too short, too long, or holds the name.`,
      action: `Choose one of ${LEAST_PASSWORD} to ${MOST_PASSWORD} characters; several words are easy to keep in mind.`,
      operation,
    });
}

export async function listUsers({ store }: AccessDesk): Promise<readonly ShownUser[]> {
  return (await store.users.list()).map(({ password: _, ...shown }) => shown);
}

export async function removeUser(desk: AccessDesk, typed: string, asker: Asker): Promise<void> {
  const name = userName(typed);
  if (!(await desk.store.users.remove(name)))
    throw absent({
      code: 'USER_NOT_FOUND',
      message: `There is no user ${JSON.stringify(name)}.`,
      action: 'See `truenorth users list` for those that there are.',
      operation: 'remove user',
    });
  await noteAccess(desk, asker, { what: 'remove user', subject: name, particulars: {} });
}

/** What nobody's password is: a name that is not known takes as long to refuse as one that is. */
const NOBODY = hashPassword('nobody has this password');

/** The user whose name and password these are, or null. */
export async function userBehind(
  { store }: Pick<AccessDesk, 'store'>,
  typed: { readonly name: string; readonly password: string },
): Promise<ConsoleUser | null> {
  const user = await store.users.get(userName(typed.name));
  const right = await isPassword(typed.password, user?.password ?? (await NOBODY));
  return right ? user : null;
}
