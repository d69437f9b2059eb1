import Table from 'cli-table3';
import type { Scope } from '../../../ports/service-store.js';
import {
  type AccessDesk,
  createToken,
  listTokens,
  revokeToken,
  type ShownToken,
} from '../../../service/access/tokens.js';
import { EXIT } from '../exit-codes.js';
import { commandAsker } from '../os-user.js';
import type { Terminal } from '../terminal.js';

/** `tokens create`: a token for the API; it is shown once and kept nowhere. */
export async function createTokenCommand(
  desk: AccessDesk,
  terminal: Terminal,
  asked: { readonly name: string; readonly scope: Scope },
): Promise<number> {
  const { token, secret } = await createToken(desk, asked, commandAsker());
  terminal.json({ ...shown(token), token: secret });
  terminal.say(secret);
  terminal.aside(
    `Token ${token.id} "${token.name}" may ${token.scope}. It is shown only now: keep it where its program finds it.`,
  );
  return EXIT.done;
}

/** `tokens list`: every token, what it may do, and when it was last used. */
export async function listTokensCommand(desk: AccessDesk, terminal: Terminal): Promise<number> {
  const tokens = (await listTokens(desk)).map(shown);
  terminal.json({ tokens });
  if (tokens.length === 0)
    terminal.say('No token yet. `truenorth tokens create --name NAME --scope read` makes one.');
  else terminal.say(tableOf(tokens));
  return EXIT.done;
}

/** `tokens revoke`: the token counts no more, at once. */
export async function revokeTokenCommand(desk: AccessDesk, terminal: Terminal, id: string): Promise<number> {
  await revokeToken(desk, id, commandAsker());
  terminal.json({ revoked: id });
  terminal.say(`The token ${id} counts no more.`);
  return EXIT.done;
}

function shown({ id, name, scope, createdAt, lastUsedAt, revokedAt }: ShownToken) {
  return {
    id,
    name,
    scope,
    createdAt: said(createdAt),
    lastUsedAt: said(lastUsedAt),
    revokedAt: said(revokedAt),
  };
}

function said(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function tableOf(tokens: readonly ReturnType<typeof shown>[]): string {
  const table = new Table({
    head: ['Id', 'Name', 'Scope', 'Made', 'Last used', 'Revoked'],
    style: { head: [], border: [] },
  });
  for (const { id, name, scope, createdAt, lastUsedAt, revokedAt } of tokens)
    table.push([id, name, scope, minute(createdAt), minute(lastUsedAt), minute(revokedAt)]);
  return table.toString();
}

function minute(iso: string | null): string {
  return iso === null ? '' : iso.slice(0, 16).replace('T', ' ');
}
