import type { KeepingStore, PrunedKind } from '../../../ports/keeping-store.js';
import type { LedgerEntry, StoredEpisode } from '../../../ports/state-store.js';
import { forgetPerson } from './forget.js';
import { type MemoryState, rowsOf } from './state.js';

export function keepingStore(state: MemoryState): KeepingStore {
  return {
    prune: async (kind, before, limit) => prune(state, kind, { before, limit }),
    traces: async (who) => forgetPerson(state, who, false),
    forget: async (who) => forgetPerson(state, who, true),
    compact: async () => undefined,
  };
}

interface Old {
  readonly before: number;
  readonly limit: number;
}

function prune(state: MemoryState, kind: PrunedKind, old: Old): number {
  switch (kind) {
    case 'history':
      return pruneHistory(state, old);
    case 'episodes':
      return dropped(state.episodes, (episode) => isOver(episode, old.before), old.limit);
    case 'decisions':
      return stripDecisions(state, old);
    case 'engagement':
      return dropped(rowsOf(state, 'engagement').byId, ({ values }) => isBefore(values.on, old), old.limit);
    case 'tasks':
      return dropped(rowsOf(state, 'task').byId, ({ values }) => isBefore(values.closedOn, old), old.limit);
    case 'deadLetters':
      return dropped(state.letters, ({ day }) => day < old.before, old.limit);
    case 'runs':
      return pruneRuns(state, old);
  }
}

function dropped<T>(all: Map<string, T>, old: (one: T) => boolean, limit: number): number {
  const gone = [...all].filter(([, one]) => old(one)).slice(0, limit);
  for (const [key] of gone) all.delete(key);
  return gone.length;
}

function isBefore(day: unknown, { before }: Old): boolean {
  return typeof day === 'number' && day < before;
}

function isOver({ ended, refused, edge, goalUntil }: StoredEpisode, before: number): boolean {
  const runs = ended === null && refused === null;
  return !runs && (ended?.on ?? edge) < before && (goalUntil ?? 0) < before;
}

function pruneHistory({ history }: MemoryState, { before, limit }: Old): number {
  const old = history.filter(({ day }) => day < before);
  const gone = old.filter((one) =>
    old.some((later) => later.account === one.account && later.position > one.position),
  );
  for (const one of gone.slice(0, limit)) history.splice(history.indexOf(one), 1);
  return Math.min(gone.length, limit);
}

const PLAIN = { contact: null, evidence: null, recordId: null, made: null, sender: null } as const;

function stripDecisions({ ledger, episodes }: MemoryState, { before, limit }: Old): number {
  const runs = (id: string): boolean => {
    const episode = episodes.get(id);
    return episode !== undefined && episode.ended === null && episode.refused === null;
  };
  const says = (entry: LedgerEntry): boolean =>
    Object.keys(PLAIN).some((name) => entry[name as keyof typeof PLAIN] !== null);
  const final = (entry: LedgerEntry): boolean => ['enrolled', 'already', 'refused'].includes(entry.status);
  const old = [...ledger.values()].filter(
    (entry) => entry.day < before && final(entry) && says(entry) && !runs(entry.episode),
  );
  for (const entry of old.slice(0, limit)) ledger.set(entry.key, { ...entry, ...PLAIN });
  return Math.min(old.length, limit);
}

function pruneRuns(state: MemoryState, { before, limit }: Old): number {
  const count = dropped(state.runs, ({ day, status }) => day < before && status !== 'running', limit);
  for (const run of [...state.items.keys()]) if (!state.runs.has(run)) state.items.delete(run);
  return count;
}
