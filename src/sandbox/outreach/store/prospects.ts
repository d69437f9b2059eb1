import type { Beginning } from './base-rows.js';
import { prospectRows } from './base-rows.js';
import type { ApiRecord, Value } from './record.js';
import { type Rows, startRows } from './rows.js';

export interface ProspectStore extends Rows {
  /** The prospect that has this address (any case), or null. */
  readonly ownerOf: (email: string) => number | null;
}

/** Prospects, found by each of their addresses. */
export function startProspects(beginning: Beginning, lastId: number): ProspectStore {
  const owners = new Map<string, number>();
  const touched = new Set<number>();
  const base = prospectRows(beginning);
  const ownerOf = (email: string): number | null => {
    const key = email.trim().toLowerCase();
    const written = owners.get(key);
    if (written !== undefined) return written;
    const index = beginning.prospects.indexOfEmail(key);
    const id = base.firstId + index;
    return index < 0 || touched.has(id) ? null : id;
  };
  const rows = startRows({
    base,
    lastId,
    lookups: {
      emails: (email) => {
        const id = ownerOf(email);
        return id === null ? [] : [id];
      },
    },
    onWrite: (before, after) => {
      for (const email of emailsOf(before)) owners.delete(email.toLowerCase());
      for (const email of emailsOf(after)) if (after !== null) owners.set(email.toLowerCase(), after.id);
      const id = (after ?? before)?.id;
      if (id !== undefined) touched.add(id);
    },
  });
  return { ...rows, ownerOf };
}

export function emailsOf(prospect: ApiRecord | null): readonly string[] {
  const emails: Value | undefined = prospect?.attributes.emails;
  return typeof emails === 'object' && emails !== null ? emails : [];
}
