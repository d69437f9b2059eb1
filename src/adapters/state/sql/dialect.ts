import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type RawBuilder,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type TransactionSettings,
} from 'kysely';

/** What a database failure means to us, whoever reported it. */
export type Fault = 'busy' | 'corrupt' | 'unwritable' | 'full' | 'other';

/**
 * All that differs between databases. Everything else in this folder is SQL that SQLite and
 * PostgreSQL both speak.
 */
export interface StateDialect {
  readonly kysely: Dialect;
  /** Column type of keys: compared byte by byte, so that every store sorts ids alike. */
  readonly keyText: RawBuilder<unknown>;
  /** Column definition of a number that grows with each insert. */
  readonly serial: RawBuilder<unknown>;
  /** Ends a CREATE TABLE: rows are kept in the order of the primary key, where the database can. */
  readonly clustered: RawBuilder<unknown>;
  /**
   * The number under `key` in a JSON text column; null when it is none. The same SQL text each time
   * and without parameters: an index on it serves only the text that it was made with.
   */
  readonly jsonNumber: (column: string, key: string) => RawBuilder<number | null>;
  readonly faultOf: (error: unknown) => Fault;
}

export interface SqliteSettings {
  readonly file: string;
  /** How long to wait for another process that is writing. */
  readonly busyTimeoutMs: number;
}

/** SQLite reports numbers as numbers, keys compare as bytes, and one connection serves the process. */
export function sqliteDialect(settings: SqliteSettings): StateDialect {
  const database = new Sqlite(settings.file, { timeout: settings.busyTimeoutMs });
  try {
    prepare(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    kysely: {
      createDriver: () => new ImmediateDriver(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
    keyText: sql`text`,
    serial: sql`integer primary key`,
    clustered: sql`without rowid`,
    jsonNumber,
    faultOf: sqliteFault,
  };
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

function jsonNumber(column: string, key: string): RawBuilder<number | null> {
  const path = sql.lit(`$.${JSON.stringify(key)}`);
  const type = sql`json_type(${sql.ref(column)}, ${path})`;
  return sql`case when ${type} in ('integer', 'real') then json_extract(${sql.ref(column)}, ${path}) end`;
}

/**
 * A writer takes the write lock when it begins: a deferred transaction that turns from reading to
 * writing fails at once when another process wrote in between, whatever the busy timeout.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database: rememberingStatements(database) });
    this.#database = database;
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /** A full disk or a failing one has already rolled back. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
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

const SQLITE_FAULTS: readonly (readonly [RegExp, Fault])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'busy'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'corrupt'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, 'unwritable'],
  [/^SQLITE_(FULL|IOERR)/, 'full'],
  [/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT)$/, 'unwritable'],
  [/^(ENOSPC|EDQUOT)$/, 'full'],
];

export function sqliteFault(error: unknown): Fault {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return SQLITE_FAULTS.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
}
