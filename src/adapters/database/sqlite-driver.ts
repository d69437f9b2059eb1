import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type SqliteDatabase,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely';
import { codeOf } from './dialect.js';

/** How long to wait before trying again, in milliseconds; the last one goes on. */
const PAUSES = [1, 2, 5, 10, 20, 50];

interface Patience {
  /** After how long to give up, in milliseconds. */
  readonly busyTimeoutMs: number;
}

/**
 * A writer takes the write lock when it begins: a deferred transaction that turns from reading to writing
 * fails at once when another connection wrote in between. While others hold the lock it is tried again and
 * again without waiting in SQLite, so that the thread goes on with other things.
 */
export class PatientDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;
  readonly #patience: Patience;
  #connection: DatabaseConnection | null = null;

  constructor(database: Sqlite.Database, patience: Patience) {
    super({ database: rememberingStatements(database) });
    this.#database = database;
    this.#patience = patience;
  }

  override async init(): Promise<void> {
    try {
      await this.#patiently(async () => prepare(this.#database));
    } catch (error) {
      this.#database.close();
      throw error;
    }
    await super.init();
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= withTurns(await super.acquireConnection());
    return this.#connection;
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    // SQLite answers at once: without a turn for others, a long row of transactions would starve every timer.
    await turn();
    const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text));
    if (settings?.accessMode !== 'read only') return this.#patiently(() => run('begin immediate'));
    await run('begin');
    // What it sees is fixed by its first look, which may meet a lock, too.
    await this.#patiently(() => run('select 1 from sqlite_master limit 1'));
  }

  /** A full disk or a failing one has already rolled back. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }

  async #patiently(work: () => Promise<unknown>): Promise<void> {
    let waited = 0;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (!isBusy(error) || waited >= this.#patience.busyTimeoutMs) throw error;
      }
      const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 1;
      waited += pause;
      await wait(pause);
    }
  }
}

/** Longest that statements of one transaction follow each other without a turn for others, in milliseconds. */
const AT_A_STRETCH_MS = 10;

/** A page of a run is a transaction of many statements: whoever waits for this thread meanwhile waits for one of them. */
function withTurns(connection: DatabaseConnection): DatabaseConnection {
  let turnedAt = performance.now();
  return {
    streamQuery: (...asked) => connection.streamQuery(...asked),
    executeQuery: async (query, ...more) => {
      if (performance.now() - turnedAt > AT_A_STRETCH_MS) {
        await turn();
        turnedAt = performance.now();
      }
      return connection.executeQuery(query, ...more);
    },
  };
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/**
 * WAL lets readers go on while one process writes. FULL makes each commit survive a power cut: the
 * ledger needs it, and as transactions are whole pages the rest hardly notices.
 */
function prepare(database: Sqlite.Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('cache_size = -65536');
  database.pragma('wal_autocheckpoint = 16000');
  database.pragma('journal_size_limit = 134217728');
}

const REMEMBERED_STATEMENTS = 200;

/** Preparing costs more than running a short statement, and a run repeats few of them very often. */
function rememberingStatements(database: Sqlite.Database): SqliteDatabase {
  const known = new Map<string, Sqlite.Statement<unknown[]>>();
  return {
    close: () => {
      known.clear();
      database.close();
    },
    prepare: (text) => {
      const found = known.get(text) ?? database.prepare<unknown[]>(text);
      if (known.size >= REMEMBERED_STATEMENTS) known.clear();
      known.set(text, found);
      return found;
    },
  };
}
