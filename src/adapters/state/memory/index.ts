import type { StateStore } from '../../../ports/state-store.js';
import { assessmentStore } from './assessments.js';
import { deadLetterStore } from './dead-letters.js';
import { episodeStore } from './episodes.js';
import { keepingStore } from './keeping.js';
import { ledgerStore } from './ledger.js';
import { personStore } from './persons.js';
import { pieceStore } from './pieces.js';
import { planStore } from './plan.js';
import { publishedStore } from './published.js';
import { rowStore } from './rows.js';
import { leaseStore, noteStore, runStore } from './runs.js';
import { sentRowStore } from './sent.js';
import { standingStore } from './standings.js';
import { emptyState } from './state.js';
import { storeWhileHeld } from './while-held.js';

/** A state that ends with the process: for tests and small dry runs. */
export function openMemoryState(): StateStore {
  const state = emptyState();
  const store: StateStore = {
    rows: rowStore(state),
    sent: sentRowStore(state),
    assessments: assessmentStore(state),
    standings: standingStore(state),
    plan: planStore(state),
    ledger: ledgerStore(state),
    episodes: episodeStore(state),
    persons: personStore(state),
    deadLetters: deadLetterStore(state),
    runs: runStore(state),
    pieces: pieceStore(state),
    published: publishedStore(state),
    notes: noteStore(state),
    leases: leaseStore(state),
    keeping: keepingStore(state),
    whileHeld: (held) => storeWhileHeld(state, store, held),
    close: async () => {},
  };
  return store;
}
