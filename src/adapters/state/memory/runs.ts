import type { HeldLease } from '../../../ports/holds.js';
import type { LeaseStore, NoteStore, RunRecord, RunStore } from '../../../ports/state-store.js';
import { byText, kept, type Lease, type MemoryState } from './state.js';

const PLANS_KEPT = 20;

export function runStore(state: MemoryState): RunStore {
  return {
    save: async (run) => {
      state.runs.set(run.id, kept(run));
      if (run.finishedAt !== null) prune(state);
    },
    list: async (limit) => kept(newestRuns(state).slice(0, limit)),
    get: async (id) => kept(state.runs.get(id) ?? null),
  };
}

function newestRuns(state: MemoryState): readonly RunRecord[] {
  return [...state.runs.values()]
    .sort(
      byText(
        (run) => run.startedAt,
        (run) => run.id,
      ),
    )
    .reverse();
}

function prune(state: MemoryState): void {
  for (const run of newestRuns(state).slice(PLANS_KEPT)) {
    if (run.status === 'running') continue;
    state.items.delete(run.id);
    state.candidates.delete(run.id);
    for (const [name, piece] of state.pieces) if (piece.run === run.id) state.pieces.delete(name);
  }
}

export function noteStore(state: MemoryState): NoteStore {
  return {
    get: async (name) => kept(state.notes.get(name) ?? null),
    set: async (name, value) => {
      state.notes.set(name, kept(value));
    },
    remove: async (name) => {
      state.notes.delete(name);
    },
  };
}

/** The lease while this holder has it, else null. */
export function heldLease({ leases }: MemoryState, { name, holder, fence }: HeldLease): Lease | null {
  const lease = leases.get(name);
  return lease?.holder === holder && lease.fence === fence && lease.expiresAt > 0 ? lease : null;
}

export function leaseStore(state: MemoryState): LeaseStore {
  const { leases } = state;
  return {
    take: async (name, holder, now, ttlMs) => {
      const before = leases.get(name);
      if (before && before.expiresAt > now) return null;
      const fence = (before?.fence ?? 0) + 1;
      leases.set(name, { holder, fence, expiresAt: now + ttlMs });
      return { fence };
    },
    renew: async (name, holder, fence, now, ttlMs) => {
      const lease = heldLease(state, { name, holder, fence });
      if (lease) leases.set(name, { ...lease, expiresAt: now + ttlMs });
      return lease !== null;
    },
    release: async (name, holder, fence) => {
      const lease = heldLease(state, { name, holder, fence });
      if (lease) leases.set(name, { ...lease, expiresAt: 0 });
    },
    holder: async (name) => {
      const lease = leases.get(name);
      return lease && lease.expiresAt > 0 ? lease : null;
    },
  };
}
