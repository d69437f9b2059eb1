import { randomUUID } from 'node:crypto';
import type { SObject } from '../schema/schema.js';
import type { FieldDefinition, Row, Value } from '../schema/types.js';
import type { Change, Commit } from '../store/commits.js';

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';

/** `ChangeEventHeader` as CometD shows it (facts §6). */
export interface ChangeHeader {
  readonly entityName: string;
  readonly recordIds: readonly string[];
  readonly changeType: ChangeType | `GAP_${ChangeType}` | 'GAP_OVERFLOW';
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly sequenceNumber: number;
  /** Milliseconds since 1970. */
  readonly commitTimestamp: number;
  readonly commitNumber: number;
  readonly commitUser: string;
  /** Of an update only, LastModifiedDate among them. */
  readonly changedFields: readonly string[];
}

export interface ChangeEvent {
  readonly header: ChangeHeader;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One change of one record, before equal ones are told together. */
interface Told {
  readonly entity: string;
  readonly id: string;
  readonly type: ChangeType;
  readonly changed: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Telling {
  /** The object when it is selected for change events, or null. */
  readonly selected: (object: string) => SObject | null;
  readonly now: number;
  readonly commitNumber: number;
}

/** What a transaction is told as, in order: the same change of several records is one event. */
export function eventsOf(commit: Commit, { selected, now, commitNumber }: Telling): readonly ChangeEvent[] {
  const groups = new Map<string, { readonly told: Told; readonly ids: string[] }>();
  for (const change of commit.changes) {
    const object = selected(change.object);
    const told = object === null ? null : tell(object, change);
    if (told === null) continue;
    const key = JSON.stringify([told.entity, told.type, told.fields]);
    const group = groups.get(key) ?? { told, ids: [] };
    group.ids.push(told.id);
    groups.set(key, group);
  }
  const transactionKey = randomUUID();
  return [...groups.values()].map(({ told, ids }, at) => ({
    fields: told.fields,
    header: {
      entityName: told.entity,
      recordIds: ids,
      changeType: told.type,
      changeOrigin: commit.author.origin,
      transactionKey,
      sequenceNumber: at + 1,
      commitTimestamp: now,
      commitNumber,
      commitUser: commit.author.userId,
      changedFields: told.changed,
    },
  }));
}

function tell(object: SObject, { id, before, after }: Change): Told | null {
  const type = typeOf(before, after);
  if (type === null) return null;
  const plain = { entity: object.name, id, type, changed: [] };
  if (type === 'DELETE' || after === null) return { ...plain, fields: {} };
  const told = object.fields().filter(isTold);
  if (type !== 'UPDATE' || before === null) return { ...plain, fields: values(told, after, isSet) };
  const differs = ({ name }: FieldDefinition): boolean => (before[name] ?? null) !== (after[name] ?? null);
  const changed = told.filter((field) => differs(field) || field.name === 'LastModifiedDate');
  return { ...plain, changed: changed.map(({ name }) => name), fields: values(changed, after, () => true) };
}

/** Null for what nobody sees: a row that was in the recycle bin before and after. */
function typeOf(before: Row | null, after: Row | null): ChangeType | null {
  const was = before !== null && before.IsDeleted !== true;
  const is = after !== null && after.IsDeleted !== true;
  if (was) return is ? 'UPDATE' : 'DELETE';
  if (!is) return null;
  return before === null ? 'CREATE' : 'UNDELETE';
}

/** IsDeleted, SystemModstamp and what is computed are never told. */
function isTold({ name, calculated }: FieldDefinition): boolean {
  return !calculated && !['Id', 'IsDeleted', 'SystemModstamp'].includes(name);
}

function values(
  fields: readonly FieldDefinition[],
  row: Row,
  keep: (value: Value) => boolean,
): Readonly<Record<string, unknown>> {
  const known = fields.map(({ name }) => [name, row[name] ?? null] as const);
  return Object.fromEntries(known.filter(([, value]) => keep(value)));
}

function isSet(value: Value): boolean {
  return value !== null;
}

/** The same event as the platform tells it when it can't tell more: which records, not what. */
export function asGap({ header }: ChangeEvent): ChangeEvent {
  const changeType = `GAP_${header.changeType}` as ChangeHeader['changeType'];
  return { fields: {}, header: { ...header, changeType, changedFields: [] } };
}

/** One event per object for a transaction that was too large to be told. */
export function asOverflow(events: readonly ChangeEvent[]): readonly ChangeEvent[] {
  const byEntity = new Map(events.map((event) => [event.header.entityName, event]));
  return [...byEntity.values()].map(({ header }) => ({
    fields: {},
    header: { ...header, changeType: 'GAP_OVERFLOW', recordIds: [NO_RECORD], changedFields: [] },
  }));
}

const NO_RECORD = '000000000000000AAA';
