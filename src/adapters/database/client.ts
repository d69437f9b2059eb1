import { setTimeout as wait } from 'node:timers/promises';
import { CompiledQuery, type Dialect, Kysely, type Transaction, type TransactionBuilder } from 'kysely';
import { IntegrationError } from '../../ports/errors.js';
import type { DatabaseDialect } from './dialect.js';

/** The only way to the database: each call is one transaction and throws only `IntegrationError`. */
export interface DatabaseClient<Tables> {
  readonly dialect: DatabaseDialect;
  /** Sees one moment of the database throughout. */
  readonly read: Transact<Tables>;
  /**
   * Sees one moment, too, and writes only what nobody else wrote since: whoever is overtaken starts over. So
   * `work` may run several times; it touches nothing but the database.
   */
  readonly write: Transact<Tables>;
  /** A write beside which there is no other: for what judges a whole table and then writes. */
  readonly writeAlone: Transact<Tables>;
  /** Makes or changes tables, alone. */
  readonly changeTables: Transact<Tables>;
  /** Gives room back, and leaves nothing of what was deleted in the files; waits for others as a write does. */
  readonly compact: () => Promise<void>;
  readonly close: () => Promise<void>;
}

type Transact<Tables> = <T>(operation: string, work: (db: Transaction<Tables>) => Promise<T>) => Promise<T>;

/** How long to wait before each new start, in milliseconds. Each time somebody else got on, so this ends. */
const NEW_STARTS = [0, 5, 10, 20, 50, 100, 200, 400, 800, 1_600];

export function createClient<Tables>(dialect: DatabaseDialect): DatabaseClient<Tables> {
  const db = new Kysely<Tables>({ dialect: dialect.kysely, plugins: [...dialect.plugins] });
  const readers = dialect.reading === null ? db : readersOf<Tables>(dialect, dialect.reading);
  const reading = () => readers.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
  const writing = () => db.transaction().setAccessMode('read write');
  const transact =
    (begin: () => TransactionBuilder<Tables>): Transact<Tables> =>
    (operation, work) =>
      guarded(dialect, operation, () => startingOver(dialect, () => begin().execute(work)));
  return {
    dialect,
    read: transact(reading),
    write: transact(() => writing().setIsolationLevel('repeatable read')),
    writeAlone: transact(() => writing().setIsolationLevel('serializable')),
    changeTables: transact(() => writing().setIsolationLevel('read committed')),
    compact: () =>
      guarded(dialect, 'compact', async () => {
        for (const statement of dialect.compact)
          await startingOver(dialect, () => db.executeQuery(CompiledQuery.raw(statement)));
      }),
    close: () =>
      guarded(dialect, 'close', async () => {
        if (readers !== db) await readers.destroy();
        await db.destroy();
      }),
  };
}

function readersOf<Tables>({ plugins }: DatabaseDialect, reading: Dialect): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: reading, plugins: [...plugins] });
}

async function startingOver<T>(dialect: DatabaseDialect, work: () => Promise<T>): Promise<T> {
  for (const pause of NEW_STARTS) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof IntegrationError || !dialect.faultOf(error).overtaken) throw error;
      await wait(pause);
    }
  }
  return work();
}

async function guarded<T>(dialect: DatabaseDialect, operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseError(error, operation, dialect.faultOf);
  }
}

/** What a failure is called once it leaves: one that was named already keeps its name. */
export function databaseError(
  error: unknown,
  operation: string,
  faultOf: DatabaseDialect['faultOf'],
): IntegrationError {
  if (error instanceof IntegrationError) return error;
  const { overtaken: _, ...fault } = faultOf(error);
  return new IntegrationError({ ...fault, provider: 'state', operation, cause: error });
}
