import { type Held, lost } from '../../../ports/holds.js';
import type { StateStore } from '../../../ports/state-store.js';
import { heldPiece } from './pieces.js';
import { heldLease } from './runs.js';
import type { MemoryState } from './state.js';

type Part = Exclude<keyof StateStore, 'whileHeld' | 'close'>;

/** Every method that changes something. */
const WRITES: { readonly [P in Part]: readonly (keyof StateStore[P])[] } = {
  rows: ['save', 'keep', 'remove', 'beginFull', 'endFull', 'noteSeen', 'setHeld'],
  sent: ['save', 'prune'],
  assessments: ['save', 'restate', 'markChanged', 'unmarkApplied'],
  standings: [],
  plan: ['clearCandidates', 'add', 'clearPlanned', 'remove', 'setStatus'],
  ledger: ['write', 'leave', 'markTold', 'forgetTold'],
  episodes: [],
  persons: ['save', 'remove', 'merge'],
  deadLetters: ['add', 'resolve', 'retry', 'discard'],
  runs: ['save'],
  pieces: ['plan', 'take', 'renew', 'note', 'end', 'release'],
  published: ['set', 'remove', 'prune'],
  notes: ['set', 'remove'],
  leases: ['take', 'renew', 'release'],
  keeping: ['prune', 'forget'],
};

/** The store in the hands of a holder. */
export function storeWhileHeld(state: MemoryState, store: StateStore, held: Held): StateStore {
  const check = (): void => {
    const still = 'piece' in held ? heldPiece(state, held) : heldLease(state, held);
    if (still === null) throw lost(held);
  };
  const guarded = <P extends Part>(part: P): StateStore[P] => checkedFirst(store[part], WRITES[part], check);
  const parts = (Object.keys(WRITES) as Part[]).map((part) => [part, guarded(part)]);
  const whileHeld: StateStore = {
    ...store,
    ...Object.fromEntries(parts),
    whileHeld: (also) => storeWhileHeld(state, whileHeld, also),
  };
  return whileHeld;
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

function checkedFirst<S extends object>(part: S, writes: readonly (keyof S)[], check: () => void): S {
  const changed = writes.map((name) => {
    const method = part[name] as Method;
    const checked: Method = async (...args) => {
      check();
      return method(...args);
    };
    return [name, checked];
  });
  return { ...part, ...Object.fromEntries(changed) };
}
