import type { ServiceStore } from '../../../../ports/service-store.js';
import type { ServiceClient } from './client.js';

export function deliveryStore(client: ServiceClient): ServiceStore['deliveries'] {
  return {
    first: (source, id, at) =>
      client.write('deliveries.first', async (db) => {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('service_deliveries')
          .values({ source, id, at })
          .onConflict((conflict) => conflict.columns(['source', 'id']).doNothing())
          .executeTakeFirstOrThrow();
        return (numInsertedOrUpdatedRows ?? 0n) > 0n;
      }),
    prune: (before) =>
      client.write('deliveries.prune', async (db) => {
        const gone = await db.deleteFrom('service_deliveries').where('at', '<', before).executeTakeFirst();
        return Number(gone.numDeletedRows);
      }),
  };
}
