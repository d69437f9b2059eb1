import type { Log } from '../../../ports/log.js';
import type { StateStore } from '../../../ports/state-store.js';
import type { DatabaseAddress } from '../../database/dialect.js';
import { openDatabase } from '../../database/open.js';
import { assessmentStore } from './assessments.js';
import type { StateClient } from './client.js';
import { deadLetterStore } from './dead-letters.js';
import { episodeStore } from './episodes.js';
import { keepingStore } from './keeping.js';
import { leaseStore } from './leases.js';
import { ledgerStore } from './ledger.js';
import { STATE_MIGRATIONS } from './migrations.js';
import { noteStore } from './notes.js';
import { personStore } from './persons.js';
import { pieceStore } from './pieces.js';
import { planStore } from './plan.js';
import { publishedStore } from './published.js';
import { rowStore } from './rows.js';
import { runStore } from './runs.js';
import { sentRowStore } from './sent.js';
import { standingStore } from './standings.js';
import { clientWhileHeld } from './while-held.js';

/** Opens the state and brings its tables up to date. Throws only `IntegrationError`. */
export async function openSqlState(address: DatabaseAddress, log: Log): Promise<StateStore> {
  const client = await openDatabase(address, STATE_MIGRATIONS);
  log.debug('state opened', { where: client.dialect.where });
  return storeOn(client);
}

function storeOn(client: StateClient): StateStore {
  return {
    rows: rowStore(client),
    sent: sentRowStore(client),
    assessments: assessmentStore(client),
    standings: standingStore(client),
    plan: planStore(client),
    ledger: ledgerStore(client),
    episodes: episodeStore(client),
    persons: personStore(client),
    deadLetters: deadLetterStore(client),
    runs: runStore(client),
    pieces: pieceStore(client),
    published: publishedStore(client),
    notes: noteStore(client),
    leases: leaseStore(client),
    keeping: keepingStore(client),
    whileHeld: (held) => storeOn(clientWhileHeld(client, held)),
    close: client.close,
  };
}
