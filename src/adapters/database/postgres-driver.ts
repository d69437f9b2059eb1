import { CompiledQuery, type DatabaseConnection, PostgresDriver, type TransactionSettings } from 'kysely';
import type pg from 'pg';

interface Place {
  readonly schema: string;
  readonly versions: string;
}

/** Longer than any page takes: a writer that hangs, or whose machine is gone, must not hold the others up for ever. */
const LIMITS = `set local lock_timeout = '10s'; set local idle_in_transaction_session_timeout = '60s'`;

/**
 * Begins a transaction in one round trip, with all that it needs set for itself alone: so it also works
 * through a pooler that hands a connection on after each transaction.
 */
export class SnapshotDriver extends PostgresDriver {
  readonly #place: Place;

  constructor(pool: pg.Pool, place: Place) {
    super({ pool });
    this.#place = place;
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(beginning(settings, this.#place)));
  }

  /** The failure that led here is the one to tell; a connection that cannot roll back is not used again. */
  override async rollbackTransaction(
    connection: Parameters<PostgresDriver['rollbackTransaction']>[0],
  ): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}

/**
 * Locks come before the first look: what is seen then includes what those before us have written. Locking a
 * table takes no snapshot, whereas a function that locks would.
 */
function beginning({ accessMode, isolationLevel }: TransactionSettings, { schema, versions }: Place): string {
  const own = `set local search_path to ${quoted(schema)}; ${LIMITS}`;
  if (accessMode === 'read only') return `begin isolation level repeatable read read only; ${own}`;
  if (isolationLevel === 'read committed') return `begin; ${LIMITS}; ${makeSchema(schema)}; ${own}`;
  const mode = isolationLevel === 'serializable' ? 'exclusive' : 'share';
  return `begin isolation level repeatable read; ${own}; lock table ${quoted(versions)} in ${mode} mode`;
}

/** Whoever comes second waits; a schema that is there asks for no right to make one. */
function makeSchema(schema: string): string {
  return `select pg_advisory_xact_lock(hashtextextended(${literal(`truenorth ${schema}`)}, 0));
    do $$ begin
      if not exists (select from pg_namespace where nspname = ${literal(schema)}) then
        create schema ${quoted(schema)};
      end if;
    end $$`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
