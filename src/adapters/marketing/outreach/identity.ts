import type { Context } from './context.js';
import { COUNTED } from './schema.js';

/**
 * No call tells whose token it is; the mailboxes that it sees prove that it works and that somebody can send.
 * Outreach has no test accounts of its own: everything but this machine counts as production.
 */
export async function identity(
  { client }: Context,
  baseUrl: string,
): Promise<{ readonly account: string; readonly production: boolean }> {
  const { meta } = await client.send({
    kind: 'mailboxes-list',
    method: 'GET',
    path: '/mailboxes',
    query: { 'page[size]': '1', count: 'true' },
    answer: COUNTED,
    repeat: 'repeatable',
  });
  const { host, hostname } = new URL(baseUrl);
  const count = meta?.count;
  const seen = typeof count === 'number' ? ` with ${count} ${count === 1 ? 'mailbox' : 'mailboxes'}` : '';
  return { account: `Outreach at ${host}${seen}`, production: !LOOPBACK.test(hostname) };
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
