import type { RefusalCount } from '../../../ports/ledger-store.js';
import type { LedgerEntry, LedgerStore } from '../../../ports/state-store.js';
import { byText, kept, type MemoryState, pagesAfter } from './state.js';

const byKey = byText<LedgerEntry>((entry) => entry.key);
const byDay = byText<LedgerEntry>(
  (entry) => entry.day,
  (entry) => entry.key,
);

export function ledgerStore({ ledger, told }: MemoryState): LedgerStore {
  const matching = (wanted: (entry: LedgerEntry) => boolean) => [...ledger.values()].filter(wanted);
  const inOrder = async (wanted: (entry: LedgerEntry) => boolean) => kept(matching(wanted).sort(byDay));
  return {
    write: async (entries) => write({ ledger, told }, entries),
    leave: async (left) => leave({ ledger, told }, left),
    get: async (keys) => {
      const found = keys.flatMap((key) => ledger.get(key) ?? []);
      return new Map(found.map((entry) => [entry.key, kept(entry)]));
    },
    open: (pageSize) => pagesAfter(() => matching(isOpen), byKey, pageSize),
    ofAccount: (account) => inOrder((entry) => entry.account === account),
    ofAccounts: (accounts) => inOrder((entry) => accounts.includes(entry.account)),
    ofPerson: (person) => inOrder((entry) => entry.person === person),
    ofEpisodes: (episodes) => inOrder((entry) => episodes.includes(entry.episode)),
    sent: (playbook, subjects) =>
      inOrder(
        (entry) => entry.playbook === playbook && isSent(entry) && isOf(entry, { ...subjects, contacts: [] }),
      ),
    sentSince: (since, subjects) =>
      inOrder((entry) => entry.day >= since && isSent(entry) && isOf(entry, subjects)),
    bySender: async (day) => {
      const sent = matching((entry) => entry.day === day && isSent(entry));
      const bySender = Map.groupBy(sent, ({ channel, sender }) => `${channel}|${sender ?? ''}`);
      return new Map([...bySender].map(([sender, entries]) => [sender, entries.length]));
    },
    through: (channels, since, pageSize) =>
      pagesAfter(
        () => matching((entry) => channels.includes(entry.channel) && entry.day >= since && isSent(entry)),
        byKey,
        pageSize,
      ),
    untold: (statuses, pageSize) =>
      pagesAfter(
        () => matching((entry) => statuses.includes(entry.status) && !told.has(entry.key)),
        byKey,
        pageSize,
      ),
    markTold: async (keys) => {
      for (const key of keys) told.add(key);
    },
    forgetTold: async () => told.clear(),
    refusalsOn: async (day) =>
      refusals(
        matching((entry) => entry.day === day && (entry.status === 'refused' || entry.status === 'deferred')),
      ),
  };
}

function refusals(entries: readonly LedgerEntry[]): readonly RefusalCount[] {
  const groups = Map.groupBy(entries, ({ playbook, code, status }) => `${playbook}|${code ?? ''}|${status}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...more]]) => ({
      playbook: first?.playbook ?? '',
      code: first?.code ?? '',
      status: first?.status === 'deferred' ? 'deferred' : 'refused',
      count: more.length + 1,
    }));
}

type Ledger = Pick<MemoryState, 'ledger' | 'told'>;

function write({ ledger, told }: Ledger, entries: readonly LedgerEntry[]): void {
  for (const entry of entries) {
    const before = ledger.get(entry.key);
    if (!before || isOpen(before) || before.status === 'deferred') {
      ledger.set(entry.key, kept(entry));
      told.delete(entry.key);
    }
  }
}

function leave({ ledger, told }: Ledger, left: Parameters<LedgerStore['leave']>[0]): void {
  for (const { key, on, by } of left) {
    const entry = ledger.get(key);
    if (entry?.leftOn !== null) continue;
    ledger.set(key, { ...entry, leftOn: on, leftBy: by });
    told.delete(key);
  }
}

function isOpen(entry: LedgerEntry): boolean {
  return entry.status === 'intended' || entry.status === 'unclear';
}

function isSent(entry: LedgerEntry): boolean {
  return entry.status !== 'refused' && entry.status !== 'deferred';
}

function isOf(
  { person, contact, account }: LedgerEntry,
  { persons, contacts, accounts }: Parameters<LedgerStore['sentSince']>[1],
): boolean {
  return (
    persons.includes(person) || (contact !== null && contacts.includes(contact)) || accounts.includes(account)
  );
}
