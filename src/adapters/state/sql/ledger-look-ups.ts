import type { ChannelId } from '../../../domain/engagement/channel.js';
import type { RefusalCount } from '../../../ports/ledger-store.js';
import type { LedgerEntry, LedgerStore } from '../../../ports/state-store.js';
import { gathered } from '../../database/batches.js';
import { ledgerEntryOf } from './convert.js';
import type { Connection, LedgerTable } from './schema.js';

const OPEN = ['intended', 'unclear'] as const;
const SENT = ['enrolled', 'already', ...OPEN] as const;

export async function openAfter(
  db: Connection,
  after: string,
  limit: number,
): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('status', 'in', OPEN)
    .where('key', '>', after)
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(ledgerEntryOf);
}

type Subject = 'account' | 'person' | 'episode';

/** Entries of any of these, by day, then key. */
export async function ofColumn(
  db: Connection,
  column: Subject,
  values: readonly string[],
): Promise<readonly LedgerEntry[]> {
  const all = db.selectFrom('ledger').selectAll();
  return inOrder(await gathered(values, (batch) => all.where(column, 'in', batch).execute()));
}

/** By person and by account apart: each is a look-up in an index of its own, which an `or` may not be. */
export async function sent(
  db: Connection,
  playbook: string,
  { persons, accounts }: Parameters<LedgerStore['sent']>[1],
): Promise<readonly LedgerEntry[]> {
  const own = db
    .selectFrom('ledger')
    .selectAll()
    .where('playbook', '=', playbook)
    .where('status', 'in', SENT);
  return inOrder([
    ...(await gathered(persons, (batch) => own.where('person', 'in', batch).execute())),
    ...(await gathered(accounts, (batch) => own.where('account', 'in', batch).execute())),
  ]);
}

/** Apart by what they are looked up by, as in `sent`. */
export async function sentSince(
  db: Connection,
  since: number,
  { persons, contacts, accounts }: Parameters<LedgerStore['sentSince']>[1],
): Promise<readonly LedgerEntry[]> {
  const recent = db.selectFrom('ledger').selectAll().where('day', '>=', since).where('status', 'in', SENT);
  return inOrder([
    ...(await gathered(persons, (batch) => recent.where('person', 'in', batch).execute())),
    ...(await gathered(contacts, (batch) => recent.where('contact', 'in', batch).execute())),
    ...(await gathered(accounts, (batch) => recent.where('account', 'in', batch).execute())),
  ]);
}

export async function bySender(db: Connection, day: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('ledger')
    .select(['channel', 'sender'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('day', '=', day)
    .where('status', 'in', SENT)
    .groupBy(['channel', 'sender'])
    .execute();
  return new Map(rows.map((row) => [`${row.channel}|${row.sender ?? ''}`, row.count]));
}

interface Through {
  readonly channels: readonly ChannelId[];
  readonly since: number;
  readonly after: string;
}

/** The keys of a page are chosen within the index: only what is on the page is read whole. */
export async function throughAfter(
  db: Connection,
  { channels, since, after }: Through,
  limit: number,
): Promise<readonly LedgerEntry[]> {
  if (channels.length === 0) return [];
  const page = db
    .selectFrom('ledger')
    .select('key')
    .where('channel', 'in', channels)
    .where('status', 'in', SENT)
    .where('day', '>=', since)
    .where('key', '>', after)
    .orderBy('key')
    .limit(limit);
  const rows = await db.selectFrom('ledger').selectAll().where('key', 'in', page).orderBy('key').execute();
  return rows.map(ledgerEntryOf);
}

/** Each entry once, however often it was found. */
function inOrder(rows: readonly LedgerTable[]): readonly LedgerEntry[] {
  const found = [...new Map(rows.map((row) => [row.key, row])).values()].map(ledgerEntryOf);
  return found.sort((a, b) => a.day - b.day || (a.key < b.key ? -1 : 1));
}

export async function untoldAfter(
  db: Connection,
  { statuses, after }: { readonly statuses: readonly LedgerEntry['status'][]; readonly after: string },
  limit: number,
): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('told', '=', 0)
    .where('status', 'in', statuses)
    .where('key', '>', after)
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(ledgerEntryOf);
}

export async function refusalsOn(db: Connection, day: number): Promise<readonly RefusalCount[]> {
  const rows = await db
    .selectFrom('ledger')
    .select((eb) => ['playbook', 'code', 'status', eb.fn.countAll<number>().as('count')])
    .where('day', '=', day)
    .where('status', 'in', ['refused', 'deferred'])
    .groupBy(['playbook', 'code', 'status'])
    .orderBy('playbook')
    .orderBy('code', (order) => order.asc().nullsFirst())
    .orderBy('status')
    .execute();
  return rows.map(({ playbook, code, status, count }) => ({
    playbook,
    code: code ?? '',
    status: status === 'deferred' ? 'deferred' : 'refused',
    count,
  }));
}
