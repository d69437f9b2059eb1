import type { ObjectRoom } from '../portal.js';
import { DEFAULT_PROPERTIES, MODIFIED_PROPERTY } from '../schema/built-in.js';
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
