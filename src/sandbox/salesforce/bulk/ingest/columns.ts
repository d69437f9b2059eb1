import type { DmlRow } from '../../dml/contract.js';
import type { SObject } from '../../schema/schema.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';

/** Clears a field; an empty value leaves it as it is (facts §4.2). */
const CLEAR = '#N/A';

export interface Columns {
  readonly org: Org;
  readonly caller: Caller;
  readonly object: SObject;
}

/** The first column that is no field the caller can see, or is given twice; null when all are good. */
export function strangeColumn(columns: Columns, header: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of header) {
    const key = name.toLowerCase();
    if (seen.has(key)) return `Duplicate field name : ${name}`;
    seen.add(key);
    if (!isKnown(columns, name)) return `Field name not found : ${name}`;
  }
  return null;
}

/** A field, or a parent's key: `Account.External_Key__c`. */
function isKnown({ org, caller, object }: Columns, name: string): boolean {
  const [relationship = '', field, ...more] = name.split('.');
  if (more.length > 0) return false;
  if (field === undefined) return isVisible({ org, caller, object }, name);
  const parents = object.parent(relationship)?.referenceTo ?? [];
  return parents.some((parent) => {
    const found = org.schema.find(parent);
    return found !== null && isVisible({ org, caller, object: found }, field);
  });
}

function isVisible({ org, caller, object }: Columns, name: string): boolean {
  const field = object.field(name);
  return field !== null && org.access.field(caller.session.userId, object.name, field.name) !== 'none';
}

/** A row as the write engine takes it. */
export function dmlRow(header: readonly string[], cells: readonly string[]): DmlRow {
  const row: Record<string, unknown> = {};
  for (const [at, name] of header.entries()) {
    const text = cells[at] ?? '';
    if (text !== '') row[name] = text === CLEAR ? null : text;
  }
  return row;
}
