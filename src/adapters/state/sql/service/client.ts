import type { DatabaseClient } from '../../../database/client.js';
import type { ServiceTables } from './schema.js';

/** Each call is one transaction over the service's own tables. */
export type ServiceClient = DatabaseClient<ServiceTables>;
