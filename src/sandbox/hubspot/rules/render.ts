import type { ObjectRoom } from '../portal.js';
import { DEFAULT_PROPERTIES, MODIFIED_PROPERTY } from '../schema/built-in.js';
import type { FormerValue } from '../store/histories.js';
import type { StoredObject } from '../store/stored-object.js';

/**
 * A record as it is answered. `asked` replaces the default properties; a defined but empty one is null, an
 * unknown name is left out; times and id always come.
 */
export function rendered(
  room: ObjectRoom,
  object: StoredObject,
  asked?: readonly string[],
): Readonly<Record<string, unknown>> {
  const names = asked === undefined || asked.length === 0 ? DEFAULT_PROPERTIES[room.kind] : asked;
  const all = { ...object.properties, ...systemProperties(room, object) };
  const picked: Record<string, string | null> = { ...systemProperties(room, object) };
  for (const name of names) {
    if (room.table.find(name) !== null) picked[name] = all[name] ?? null;
  }
  return envelope(object, picked);
}

/**
 * Former values, newest first. Only what HubSpot itself wrote since the portal was opened is kept; anything else
 * has one entry, as old as the record.
 */
export function historiesOf(room: ObjectRoom, object: StoredObject, names: readonly string[]) {
  const known = names.filter((name) => room.table.find(name) !== null);
  return Object.fromEntries(
    known.map((name) => [
      name,
      formerValues(room, object, name).map(({ value, at }) => ({
        value,
        timestamp: new Date(at).toISOString(),
        sourceType: 'INTERNAL_PROCESSING',
      })),
    ]),
  );
}

function formerValues(room: ObjectRoom, object: StoredObject, name: string): readonly FormerValue[] {
  const noted = room.histories.of(object.id, name);
  if (noted.length > 0) return noted;
  const value = object.properties[name];
  return value === undefined ? [] : [{ value, at: object.createdAt }];
}

/** What a write answers: everything that the record holds. */
export function echoed(room: ObjectRoom, object: StoredObject): Readonly<Record<string, unknown>> {
  return envelope(object, { ...object.properties, ...systemProperties(room, object) });
}

export function systemProperties(room: ObjectRoom, object: StoredObject): Record<string, string> {
  return {
    createdate: new Date(object.createdAt).toISOString(),
    [MODIFIED_PROPERTY[room.kind]]: new Date(object.updatedAt).toISOString(),
    hs_object_id: object.id,
  };
}

function envelope(object: StoredObject, properties: Readonly<Record<string, string | null>>) {
  return {
    id: object.id,
    properties,
    createdAt: new Date(object.createdAt).toISOString(),
    updatedAt: new Date(object.updatedAt).toISOString(),
    archived: object.archived,
    ...(object.archived ? { archivedAt: new Date(object.updatedAt).toISOString() } : {}),
  };
}
