import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  type Dialect,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import { databaseError } from './client.js';
import type { DatabaseAddress, DatabaseDialect } from './dialect.js';
import { PatientDriver } from './sqlite-driver.js';
import { sqliteFault } from './sqlite-faults.js';

export type SqliteAddress = Extract<DatabaseAddress, { readonly kind: 'sqlite' }>;

/** SQLite reports numbers as numbers, keys compare as bytes; one connection writes, another one reads. */
export function sqliteDialect(address: Omit<SqliteAddress, 'kind'>): DatabaseDialect {
  const where = address.file === ':memory:' ? address.file : resolve(address.file);
  const faultOf = (error: unknown) => sqliteFault(error, where);
  const database = openFile(where, faultOf);
  const patience = { busyTimeoutMs: address.busyTimeoutMs ?? 10_000 };
  const over = (open: () => Sqlite.Database): Dialect => ({
    createDriver: () => new PatientDriver(open(), patience),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  });
  return {
    kysely: over(() => database),
    // What is in memory only has one connection.
    reading: where === ':memory:' ? null : over(() => openFile(where, faultOf)),
    plugins: [],
    where,
    keyText: sql`text`,
    serial: sql`integer primary key`,
    clustered: sql`without rowid`,
    jsonNumber,
    keepRows: sql``,
    faultOf,
    compact: ['vacuum', 'pragma wal_checkpoint(truncate)', 'pragma optimize'],
  };
}

/** Never waits in SQLite itself, which would stop the thread: `PatientDriver` waits. */
function openFile(where: string, faultOf: DatabaseDialect['faultOf']): Sqlite.Database {
  try {
    if (where !== ':memory:') makeForUs(where);
    return new Sqlite(where, { timeout: 0 });
  } catch (error) {
    throw databaseError(error, 'open', faultOf);
  }
}

/** What is made is for this user alone; the files beside it take after it. What is there keeps its rights. */
function makeForUs(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

function jsonNumber(column: string, key: string): RawBuilder<number | null> {
  const path = sql.lit(`$.${JSON.stringify(key)}`);
  const type = sql`json_type(${sql.ref(column)}, ${path})`;
  return sql`case when ${type} in ('integer', 'real') then json_extract(${sql.ref(column)}, ${path}) end`;
}
