import { randomBytes } from 'node:crypto';
import type { ApiToken, Scope } from '../../ports/service-store.js';
import type { Asker, Desk } from '../desk.js';
import { absent } from '../refusal.js';
import { hashOf, newToken } from './secrets.js';

/** What an access needs of a desk. */
export type AccessDesk = Pick<Desk, 'store' | 'clock'>;

/** What is told of a token: never its hash. */
export type ShownToken = Omit<ApiToken, 'hash'>;

/** Makes a token. What is returned beside it is shown once and kept nowhere. */
export async function createToken(
  desk: AccessDesk,
  { name, scope }: { readonly name: string; readonly scope: Scope },
  asker: Asker,
): Promise<{ readonly token: ShownToken; readonly secret: string }> {
  const secret = newToken();
  const id = randomBytes(6).toString('hex');
  const token = { id, name, scope, createdAt: desk.clock.now(), lastUsedAt: null, revokedAt: null };
  await desk.store.tokens.save({ ...token, hash: hashOf(secret) });
  await noteAccess(desk, asker, { what: 'create token', subject: id, particulars: { name, scope } });
  return { token, secret };
}

export async function listTokens({ store }: AccessDesk): Promise<readonly ShownToken[]> {
  return (await store.tokens.list()).map(({ hash: _, ...shown }) => shown);
}

/** Throws where there is no such token that still counts. */
export async function revokeToken(desk: AccessDesk, id: string, asker: Asker): Promise<void> {
  if (!(await desk.store.tokens.revoke(id, desk.clock.now())))
    throw absent({
      code: 'TOKEN_NOT_FOUND',
      message: `There is no token ${JSON.stringify(id)} that could be revoked.`,
      action: 'See `truenorth tokens list` for those that there are.',
      operation: 'revoke token',
    });
  await noteAccess(desk, asker, { what: 'revoke token', subject: id, particulars: {} });
}

const USED_EVERY_MS = 60_000;

/** The token behind a secret, if it still counts. Notes that it was used, at most once a minute. */
export async function tokenBehind(desk: AccessDesk, secret: string): Promise<ApiToken | null> {
  const token = await desk.store.tokens.byHash(hashOf(secret));
  if (token === null || token.revokedAt !== null) return null;
  const now = desk.clock.now();
  if (token.lastUsedAt === null || now - token.lastUsedAt >= USED_EVERY_MS)
    await desk.store.tokens.used(token.id, now);
  return token;
}

/** Whether what somebody may do includes what is asked for. */
export function includes(scope: Scope, asked: Scope): boolean {
  return INCLUDED[scope].includes(asked);
}

const INCLUDED: Readonly<Record<Scope, readonly Scope[]>> = {
  usage: ['usage'],
  read: ['read'],
  write: ['read', 'write'],
  admin: ['read', 'write', 'admin', 'usage'],
};

interface Noted {
  readonly what: string;
  readonly subject: string;
  readonly particulars: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes down a change that somebody has made. */
export async function noteAccess({ store, clock }: AccessDesk, asker: Asker, noted: Noted): Promise<void> {
  await store.audit.add({ at: clock.now(), ...asker, ...noted });
}
