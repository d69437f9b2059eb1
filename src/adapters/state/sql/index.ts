import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Log } from '../../../ports/log.js';
import type { StateStore } from '../../../ports/state-store.js';
import { assessmentStore } from './assessments.js';
import { createClient, type StateClient } from './client.js';
import { deadLetterStore } from './dead-letters.js';
import { type StateDialect, sqliteDialect, sqliteFault } from './dialect.js';
import { episodeStore } from './episodes.js';
import { stateError } from './errors.js';
import { leaseStore } from './leases.js';
import { ledgerStore } from './ledger.js';
import { migrate } from './migrations.js';
import { noteStore } from './notes.js';
import { personStore } from './persons.js';
import { pieceStore } from './pieces.js';
import { planStore } from './plan.js';
import { publishedStore } from './published.js';
import { rowStore } from './rows.js';
import { runStore } from './runs.js';
import { sentRowStore } from './sent.js';
import { standingStore } from './standings.js';

export interface SqlStateOptions {
  /** Path of the SQLite file, made with its folder when missing; `:memory:` lasts as long as the store. */
  readonly file: string;
  readonly log: Log;
  /** How long to wait for another process that is writing, in milliseconds; 10,000 unless told. */
  readonly busyTimeoutMs?: number;
}

/** Opens the state and brings its schema up to date. Throws only `IntegrationError`. */
export async function openSqlState(options: SqlStateOptions): Promise<StateStore> {
  const where = options.file === ':memory:' ? options.file : resolve(options.file);
  const client = createClient(openDialect(where, options.busyTimeoutMs ?? 10_000), where);
  try {
    await migrate(client, where);
  } catch (error) {
    await client.close();
    throw error;
  }
  options.log.debug('state opened', { file: where });
  return storeOn(client);
}

function openDialect(where: string, busyTimeoutMs: number): StateDialect {
  try {
    if (where !== ':memory:') mkdirSync(dirname(where), { recursive: true });
    return sqliteDialect({ file: where, busyTimeoutMs });
  } catch (error) {
    throw stateError(error, 'open', { where, faultOf: sqliteFault });
  }
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
    close: client.close,
  };
}
