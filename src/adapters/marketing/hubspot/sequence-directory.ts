import type { Context } from './context.js';
import { configError, contentRefused } from './errors.js';
import { OWNERS, SEQUENCES } from './schema.js';

/** A sequence, and a user of the account who sees it. */
export interface SeenSequence {
  readonly userId: string;
  readonly sequenceId: string;
}

/** Who may send, and which sequence a name means; asked once each. */
export interface SequenceDirectory {
  /** User id of an address, or null. Not the owner id: the two are easily mixed up. */
  readonly userOf: (email: string) => Promise<string | null>;
  /** Sequence with this name that the user sees, or null; without a seat nobody sees any. Throws Config when several have it. */
  readonly sequenceOf: (userId: string, name: string) => Promise<string | null>;
  /** The same, with a user of the account who sees it. */
  readonly anySequence: (name: string) => Promise<SeenSequence | null>;
}

/** Users without a sales or service seat see no sequences: a few are asked. */
const USERS_TO_ASK = 5;

export function sequenceDirectory(context: Context): SequenceDirectory {
  const users = new Map<string, string>();
  const sequences = new Map<string, Map<string, string>>();
  const userOf = async (email: string): Promise<string | null> => {
    const address = email.trim().toLowerCase();
    const userId = users.get(address) ?? (await findUser(context, address));
    if (userId !== null) users.set(address, userId);
    return userId;
  };
  const sequenceOf = async (userId: string, name: string): Promise<string | null> => {
    const byUser = sequences.get(name) ?? new Map<string, string>();
    const id = byUser.get(userId) ?? (await findSequence(context, userId, name).catch(nothingSeen));
    if (id !== null) sequences.set(name, byUser.set(userId, id));
    return id;
  };
  const anySequence = async (name: string): Promise<SeenSequence | null> => {
    for (const [userId, sequenceId] of sequences.get(name) ?? []) return { userId, sequenceId };
    const others = (await findUsers(context, {})).map((user) => user.userId);
    for (const userId of [...new Set([...users.values(), ...others])].slice(0, USERS_TO_ASK)) {
      const sequenceId = await sequenceOf(userId, name);
      if (sequenceId !== null) return { userId, sequenceId };
    }
    return null;
  };
  return { userOf, sequenceOf, anySequence };
}

/** A user without a seat is refused; that says nothing about the others. */
function nothingSeen(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'HUBSPOT_FORBIDDEN') return null;
  if (contentRefused(error)) return null;
  throw error;
}

/** The answer is checked: a filter that HubSpot leaves out would name a stranger as the sender. */
async function findUser(context: Context, address: string): Promise<string | null> {
  const users = address === '' ? [] : await findUsers(context, { email: address });
  return users.find((user) => user.email === address)?.userId ?? null;
}

interface User {
  readonly email: string;
  readonly userId: string;
}

/** Archived owners have no user id. */
async function findUsers(
  context: Context,
  query: Readonly<Record<string, string>>,
): Promise<readonly User[]> {
  const { results } = await context.client.send({
    kind: 'owners',
    method: 'GET',
    path: context.paths.owners,
    query: { ...query, limit: '100' },
    answer: OWNERS,
    repeat: 'repeatable',
  });
  return results.flatMap(({ email, userId }) =>
    typeof userId === 'number' ? [{ email: (email ?? '').toLowerCase(), userId: String(userId) }] : [],
  );
}

async function findSequence(context: Context, userId: string, name: string): Promise<string | null> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await context.client.send({
      kind: 'sequences',
      method: 'GET',
      path: context.paths.sequences,
      query: { userId, name, limit: '100', ...(after === undefined ? {} : { after }) },
      answer: SEQUENCES,
      repeat: 'repeatable',
    });
    found.push(...page.results.filter((one) => sameName(one.name, name)).map((one) => one.id));
    after = page.paging?.next?.after;
  } while (after !== undefined);
  if (found.length > 1) throw severalNamed(name);
  return found[0] ?? null;
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function severalNamed(name: string): Error {
  return configError('HUBSPOT_SEQUENCE_AMBIGUOUS', 'find sequence', {
    message: `Several sequences are named "${name}".`,
    actions: ['Give the sequence of the playbook a name of its own in HubSpot.'],
  });
}
