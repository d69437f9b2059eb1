import {
  HandleEmptyInListsPlugin,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely';
import pg from 'pg';
import type { DatabaseAddress, DatabaseDialect } from './dialect.js';
import { SnapshotDriver } from './postgres-driver.js';
import { notAnAddress, postgresFault } from './postgres-faults.js';

export type PostgresSettings = Omit<Extract<DatabaseAddress, { readonly kind: 'postgres' }>, 'kind'> & {
  /** Table of versions, by which writers keep out of each other's way. */
  readonly versions: string;
};

/** How long a connection may take to be made or to become free, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Several processes write at once, each seeing one moment of the database; see docs/adr/0014. */
export function postgresDialect(settings: PostgresSettings): DatabaseDialect {
  const where = placeOf(settings);
  return {
    kysely: {
      createDriver: () => new SnapshotDriver(poolOf(settings), settings),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
    reading: null,
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
    where,
    keyText: sql`text collate "C"`,
    serial: sql`bigint generated always as identity primary key`,
    clustered: sql``,
    jsonNumber,
    keepRows: sql`for share`,
    faultOf: (error) => postgresFault(error, where),
    // Rows that were deleted are room for others as soon as the server's own vacuum has passed.
    compact: ['vacuum (analyze)'],
  };
}

/** Where it is, without who opens it and with what. */
function placeOf({ url, schema }: PostgresSettings): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) throw notAnAddress();
  const host = parsed.host === '' ? 'this machine' : parsed.host;
  return `PostgreSQL database ${parsed.pathname.slice(1)} on ${host} (schema ${schema})`;
}

function poolOf({ url, connections = 4 }: PostgresSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'truenorth',
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  });
  // A connection that is lost fails the statement that needs it; unheard, the event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const { INT8, NUMERIC } = pg.types.builtins;

/** Days, instants and counts: all well within what a number holds exactly. */
function parserOf(type: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return type === INT8 || type === NUMERIC ? Number : pg.types.getTypeParser(type, format ?? 'text');
}

/**
 * Read from the text, as every document is one that we wrote: quotes within texts are escaped, so that the
 * pattern finds nothing but a key. PostgreSQL's own functions refuse texts that hold `\u0000` anywhere.
 */
function jsonNumber(column: string, key: string): RawBuilder<number | null> {
  const name = JSON.stringify(key).replace(/[^\w" ]/g, '\\$&');
  const pattern = sql.lit(`[{,]${name}:(-?[0-9][0-9.eE+-]*)[,}]`);
  return sql`substring(${sql.ref(column)} from ${pattern})::double precision`;
}
