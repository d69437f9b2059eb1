import { startSchema } from '../../schema/schema.js';
import { NO_ROWS } from '../../store/base-rows.js';
import type { Org } from '../../store/org.js';
import { startTable, type Table } from '../../store/table.js';
import type { MetadataOrg } from '../metadata-org.js';
import { TOOLING_OBJECTS } from './tooling-objects.js';
import { toolingRows } from './tooling-rows.js';

/** Ordinary objects that the Tooling API serves too. */
const SHARED = ['User', 'Profile', 'PermissionSet', 'PermissionSetAssignment', 'Organization'];

/** The org with the tooling objects in place of its own, so that the same query engine answers. */
export function toolingView(metadata: MetadataOrg): () => Org {
  const { org } = metadata;
  const shared = SHARED.flatMap((name) => org.schema.find(name)?.definition() ?? []);
  const schema = startSchema([...TOOLING_OBJECTS, ...shared]);
  let madeAt = '';
  let tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const object = schema.find(name);
    if (object === null || SHARED.includes(object.name)) return org.table(name);
    const known = tables.get(object.name);
    if (known) return known;
    const table = startTable({ object, base: NO_ROWS, horizon: () => null, noted: () => {} });
    for (const row of toolingRows(object.name, metadata)) table.put(row);
    tables.set(object.name, table);
    return table;
  };
  return () => {
    const now = `${org.schema.version()} ${metadata.components.version()}`;
    if (now !== madeAt) tables = new Map();
    madeAt = now;
    const reader: Org['reader'] = (object, name) =>
      SHARED.includes(object) ? org.reader(object, name) : (row) => row[name] ?? null;
    return { ...org, schema, table: tableOf, reader };
  };
}
