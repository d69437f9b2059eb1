import { Kysely } from 'kysely';
import type { StateDialect } from './dialect.js';
import { stateError } from './errors.js';
import type { Connection, StateTables } from './schema.js';

/** The only way to the database: each call is one transaction and throws only `IntegrationError`. */
export interface StateClient {
  readonly dialect: StateDialect;
  /** Sees one moment of the database throughout. */
  readonly read: Transact;
  readonly write: Transact;
  readonly close: () => Promise<void>;
}

type Transact = <T>(operation: string, work: (db: Connection) => Promise<T>) => Promise<T>;

export function createClient(dialect: StateDialect, where: string): StateClient {
  const db = new Kysely<StateTables>({ dialect: dialect.kysely });
  const context = { where, faultOf: dialect.faultOf };
  const guarded = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw stateError(error, operation, context);
    }
  };
  return {
    dialect,
    read: (operation, work) =>
      guarded(operation, () =>
        db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work),
      ),
    write: (operation, work) =>
      guarded(operation, () => db.transaction().setAccessMode('read write').execute(work)),
    close: () => guarded('close', () => db.destroy()),
  };
}
