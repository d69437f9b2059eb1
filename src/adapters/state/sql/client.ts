import type { DatabaseClient } from '../../database/client.js';
import type { StateTables } from './schema.js';

/** Each call is one transaction over the tables of the state. */
export type StateClient = DatabaseClient<StateTables>;
