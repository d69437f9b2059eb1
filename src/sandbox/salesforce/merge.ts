import { ApiError, invalidType } from './api-error.js';
import { normalId } from './ids.js';
import type { Author } from './store/commits.js';
import type { Org } from './store/org.js';
import { rowsOf } from './store/table.js';

/** Which record stays and which go into it. */
export interface Merge {
  readonly object: string;
  readonly master: string;
  readonly losers: readonly string[];
}

const MERGEABLE = ['Account', 'Contact', 'Lead', 'Case'];

/** Moves the losers' children to the master, puts the losers into the recycle bin with MasterRecordId. Returns the moved ids. */
export function mergeRecords(org: Org, merge: Merge, author: Author): readonly string[] {
  return org.commits.within(author, () => merged(org, merge));
}

function merged(org: Org, merge: Merge): readonly string[] {
  const object = org.schema.find(merge.object);
  if (object === null || !MERGEABLE.includes(object.name)) {
    throw invalidType(merge.object);
  }
  const table = org.table(object.name);
  const master = table.get(normalId(merge.master));
  const losers = merge.losers.map((id) => table.get(normalId(id)));
  if (
    master === null ||
    master.IsDeleted === true ||
    losers.some((row) => row === null || row.IsDeleted === true)
  ) {
    throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  }
  const moved = merge.losers.flatMap((id) =>
    moveChildren(org, object.name, { from: normalId(id), to: String(master.Id) }),
  );
  const stamp = org.stamp();
  for (const row of losers) {
    table.put({
      ...row,
      Id: row?.Id ?? null,
      IsDeleted: true,
      MasterRecordId: master.Id ?? null,
      SystemModstamp: stamp,
      LastModifiedDate: stamp,
    });
  }
  table.put({ ...master, SystemModstamp: stamp, LastModifiedDate: stamp });
  return moved;
}

function moveChildren(
  org: Org,
  parent: string,
  { from, to }: { readonly from: string; readonly to: string },
): readonly string[] {
  const moved: string[] = [];
  for (const link of org.schema.children(parent)) {
    if (link.field === 'MasterRecordId') {
      continue;
    }
    const table = org.table(link.childObject);
    for (const row of rowsOf(table, table.childrenOf(link.field, from))) {
      // A merge is the system's doing: SystemModstamp moves, LastModifiedDate does not (facts §6).
      table.put({ ...row, [link.field]: to, SystemModstamp: org.stamp() });
      moved.push(String(row.Id));
    }
  }
  return moved;
}
