import type { Log } from '../../../../ports/log.js';
import type { ServiceStore } from '../../../../ports/service-store.js';
import type { DatabaseAddress } from '../../../database/dialect.js';
import { openDatabase } from '../../../database/open.js';
import { auditStore } from './audit.js';
import { deliveryStore } from './deliveries.js';
import { SERVICE_MIGRATIONS } from './migrations.js';
import { sessionStore } from './sessions.js';
import { tokenStore } from './tokens.js';
import { usageStore } from './usage.js';
import { userStore } from './users.js';

/** Opens what the service keeps, and brings its tables up to date. Throws only `IntegrationError`. */
export async function openSqlServiceStore(address: DatabaseAddress, log: Log): Promise<ServiceStore> {
  const client = await openDatabase(address, SERVICE_MIGRATIONS);
  log.debug('service store opened', { where: client.dialect.where });
  return {
    tokens: tokenStore(client),
    users: userStore(client),
    sessions: sessionStore(client),
    audit: auditStore(client),
    usage: usageStore(client),
    deliveries: deliveryStore(client),
    close: client.close,
  };
}
