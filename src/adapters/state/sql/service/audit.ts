import type { KeptAudit, ServiceStore } from '../../../../ports/service-store.js';
import { toJson } from '../convert.js';
import type { ServiceClient } from './client.js';
import type { ServiceConnection } from './schema.js';

export function auditStore(client: ServiceClient): ServiceStore['audit'] {
  return {
    add: (entry) =>
      client.write('audit.add', async (db) => {
        await db
          .insertInto('service_audit')
          .values({ ...entry, particulars: toJson(entry.particulars) })
          .execute();
      }),
    list: (limit, before) => client.read('audit.list', (db) => newest(db, limit, before)),
    prune: (before) =>
      client.write('audit.prune', async (db) => {
        const gone = await db.deleteFrom('service_audit').where('at', '<', before).executeTakeFirst();
        return Number(gone.numDeletedRows);
      }),
  };
}

async function newest(
  db: ServiceConnection,
  limit: number,
  before: number | null,
): Promise<readonly KeptAudit[]> {
  const all = db.selectFrom('service_audit').selectAll().orderBy('position', 'desc').limit(limit);
  const rows = await (before === null ? all : all.where('position', '<', before)).execute();
  return rows.map((row) => ({ ...row, particulars: JSON.parse(row.particulars) }));
}
