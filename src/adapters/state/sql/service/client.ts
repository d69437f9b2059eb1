import type { StateClient } from '../client.js';
import type { Connection } from '../schema.js';
import type { ServiceConnection } from './schema.js';

/** The same database client with the service's tables in view. */
export interface ServiceClient {
  readonly read: Transact;
  readonly write: Transact;
}

type Transact = <T>(operation: string, work: (db: ServiceConnection) => Promise<T>) => Promise<T>;

/** Only the types differ: which tables a connection shows is known to the compiler alone. */
export function serviceClient(client: StateClient): ServiceClient {
  return {
    read: (operation, work) => client.read(operation, (db) => work(ofService(db))),
    write: (operation, work) => client.write(operation, (db) => work(ofService(db))),
  };
}

function ofService(db: Connection): ServiceConnection {
  return db as unknown as ServiceConnection;
}
