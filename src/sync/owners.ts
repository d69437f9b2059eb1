import type { Day } from '../domain/day.js';
import type { PersonRule } from '../domain/engagement/playbook.js';
import type { StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';

/** A user of the CRM. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly active: boolean;
}

/** Who of us does what today: users as the CRM has them, and how much each was given. */
export interface Owners {
  /** Reads the users that the accounts and the pools name; asked again for the same ones it reads nothing. */
  readonly learn: (accounts: readonly StoredRow[]) => Promise<void>;
  /** The person whom the rule names; for a pool the next whose day is not full. Null = nobody active. */
  readonly find: (rule: PersonRule, account: StoredRow, use: 'work' | 'message') => Owner | null;
  /** Notes one more piece of work for the user of this id. */
  readonly gaveWork: (id: string) => void;
}

export interface Owner {
  readonly user: User;
  /** Pieces of work that a pool's member may still be given today; null outside a pool. */
  readonly room: number | null;
}

/** `given` = pieces of work that the ledger says were given today, by user id. */
export function ownersOf(run: Run, given: ReadonlyMap<string, number>): Owners {
  const users = new Map<string, User>();
  const work = new Map(given);
  const pools = new Map(run.settings.engagement.pools.map((pool) => [pool.id, pool]));
  const byName = (name: string): User | null => users.get(name.toLowerCase()) ?? null;
  const usedBy = ({ id }: User): number => work.get(id) ?? 0;
  const inPool = (id: string, account: StoredRow, use: 'work' | 'message'): Owner | null => {
    const pool = pools.get(id);
    const members = (pool?.members ?? []).map(byName).filter((user) => user !== null);
    const active = members.filter((user) => user.active);
    if (pool === undefined || active.length === 0) return null;
    // Messages to an account always come from the same member; work goes to whom has the least, in turn.
    if (use === 'message') return ownerAt(active, turnOf(run, account.id, active.length), null);
    const least = turn(active, usedBy, run.today);
    return least === null ? null : { user: least, room: pool.perDay - usedBy(least) };
  };
  const active = (name: unknown): Owner | null => {
    const user = typeof name === 'string' ? byName(name) : null;
    return user?.active ? { user, room: null } : null;
  };
  return {
    learn: (accounts) => learn(run, users, accounts),
    find: (rule, account, use) => {
      const { ownerId, ownerEmail, csmId, csmEmail } = account.values;
      if (rule.kind === 'pool') return inPool(rule.pool, account, use);
      const owner = active(ownerId) ?? active(ownerEmail);
      return rule.kind === 'csm' ? (active(csmId) ?? active(csmEmail) ?? owner) : owner;
    },
    gaveWork: (id) => {
      work.set(id, (work.get(id) ?? 0) + 1);
    },
  };
}

function ownerAt(users: readonly User[], index: number, room: number | null): Owner | null {
  const user = users[index];
  return user === undefined ? null : { user, room };
}

function turnOf({ digest }: Run, account: string, count: number): number {
  return Number.parseInt(digest.content(account).slice(0, 8), 16) % count;
}

/** Whoever has the least today; among equals the turn begins with another member each day. */
function turn(users: readonly User[], usedBy: (user: User) => number, today: Day): User | null {
  const from = today % users.length;
  const inTurn = [...users.slice(from), ...users.slice(0, from)];
  return inTurn.reduce<User | null>(
    (least, user) => (least === null || usedBy(user) < usedBy(least) ? user : least),
    null,
  );
}

const FIELDS = ['Id', 'Email', 'IsActive'];

async function learn(run: Run, users: Map<string, User>, accounts: readonly StoredRow[]): Promise<void> {
  const named = [
    ...accounts.flatMap(({ values }) => [values.ownerId, values.ownerEmail, values.csmId, values.csmEmail]),
    ...run.settings.engagement.pools.flatMap(({ members }) => members),
  ];
  const names = new Set(named.flatMap((name) => (typeof name === 'string' && name !== '' ? [name] : [])));
  const unknown = [...names].filter((name) => !users.has(name.toLowerCase()));
  const ids = unknown.filter((name) => !name.includes('@'));
  const emails = unknown.filter((name) => name.includes('@'));
  const found = [
    ...(ids.length > 0 ? await run.crm.select('User', FIELDS, [{ field: 'Id', in: ids }]) : []),
    ...(emails.length > 0 ? await run.crm.select('User', FIELDS, [{ field: 'Email', in: emails }]) : []),
  ];
  // Who is not found is remembered as nobody, so that nobody asks for them again.
  for (const name of unknown) users.set(name.toLowerCase(), { id: '', email: '', active: false });
  for (const { id, values } of found) {
    const email = String(values.Email ?? '').toLowerCase();
    const user = { id, email, active: values.IsActive === true };
    users.set(id.toLowerCase(), user);
    if (email !== '' && (user.active || !users.get(email)?.active)) users.set(email, user);
  }
}
