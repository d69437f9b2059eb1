import { conflict, invalidProperties, notFound, validation } from '../errors.js';
import type { ObjectRoom } from '../portal.js';
import { LIFECYCLE_STAGES } from '../schema/built-in.js';
import type { StoredObject } from '../store/stored-object.js';
import { checkValues } from './values.js';

type Written = Readonly<Record<string, string>>;

/** A write that happened, and how to take it back. */
export interface Done {
  readonly object: StoredObject;
  readonly undo: () => void;
}

export function createObject(room: ObjectRoom, written: Written): Done {
  const values = valid(room, written);
  const filled = withoutEmpty({ ...companyWebsite(room, values), ...values });
  if (!canExist(room, filled)) {
    throw validation(`At least one of ${NEEDED[room.kind].join(', ')} is needed to create a record.`);
  }
  checkUnique(room, filled, null);
  const at = Math.floor(room.clock.now());
  const id = room.rows.newId();
  const properties = { ...filled, ...origin(room, filled) };
  const object: StoredObject = { id, properties, createdAt: at, updatedAt: at, archived: false };
  return { object, undo: room.rows.write(object) };
}

export function updateObject(room: ObjectRoom, id: string, written: Written): Done {
  const before = liveObject(room, id);
  if (Object.keys(written).length === 0) {
    throw validation('No properties found to update, please provide at least one.');
  }
  const values = forwardOnly(valid(room, written), before.properties);
  const properties = withoutEmpty({ ...before.properties, ...values });
  checkUnique(room, properties, id);
  const object = {
    ...before,
    properties,
    updatedAt: Math.max(before.updatedAt, Math.floor(room.clock.now())),
  };
  return { object, undo: room.rows.write(object) };
}

/** What only HubSpot writes: opt-outs, sequence states. Unknown contacts are left alone. */
export function stampObject(room: ObjectRoom, id: string, values: Written): void {
  const before = room.rows.byId(id);
  if (before === null || before.archived) return;
  const properties = withoutEmpty({ ...before.properties, ...values });
  const at = Math.floor(room.clock.now());
  room.rows.write({ ...before, properties, updatedAt: at });
  room.histories.note(id, values, at);
}

export function archiveObject(room: ObjectRoom, id: string): void {
  const object = room.rows.byId(id);
  if (object === null || object.archived) return;
  room.rows.write({ ...object, archived: true, updatedAt: Math.floor(room.clock.now()) });
}

/** The record with this id, or with this value of a unique property. */
export function findObject(room: ObjectRoom, id: string, idProperty?: string): StoredObject | null {
  if (idProperty === undefined) return room.rows.byId(id);
  checkIdProperty(room, idProperty);
  const found = room.rows.idWhere(idProperty, id);
  return found === null ? null : room.rows.byId(found);
}

export function liveObject(room: ObjectRoom, id: string, idProperty?: string): StoredObject {
  const object = findObject(room, id, idProperty);
  if (object === null || object.archived) throw notFound();
  return object;
}

/** A contact's address or a custom unique property; `hs_object_id` is refused, as seen in production code. */
export function checkIdProperty(room: ObjectRoom, idProperty: string): void {
  const allowed = [...(room.kind === 'contacts' ? ['email'] : []), ...room.table.uniqueNames()];
  if (!allowed.includes(idProperty)) {
    throw validation(`The property ${idProperty} is not a unique identifier property of ${room.kind}.`);
  }
}

/** Every value that must be the contact's or company's alone. */
export function uniqueValuesOf(
  room: Pick<ObjectRoom, 'kind' | 'table'>,
): (properties: Written) => readonly Pair[] {
  return (properties) => [
    ...(room.kind === 'contacts' ? addressesOf(properties).map((email): Pair => ['email', email]) : []),
    ...room.table
      .uniqueNames()
      .map((name): Pair => [name, properties[name] ?? ''])
      .filter(([, value]) => value !== ''),
  ];
}

type Pair = readonly [property: string, value: string];

function addressesOf(properties: Written): readonly string[] {
  const secondary = (properties.hs_additional_emails ?? '').split(';');
  return [properties.email ?? '', ...secondary].filter((email) => email !== '');
}

function valid(room: ObjectRoom, written: Written): Written {
  const { values, problems } = checkValues(written, room.table);
  if (problems.length > 0) throw invalidProperties(problems, room.portalId);
  return values;
}

function checkUnique(room: ObjectRoom, properties: Written, self: string | null): void {
  for (const [property, value] of uniqueValuesOf(room)(properties)) {
    const owner = room.rows.idWhere(property, value);
    if (owner === null || owner === self) continue;
    if (property === 'email') throw conflict(`Contact already exists. Existing ID: ${owner}`);
    // Words from memory of live answers; the category is what clients meet.
    throw validation(
      `Cannot set PropertyValueCoordinates{propertyName=${property}, value=${value}} on ${self ?? 'a new record'}. ${owner} already has that value.`,
    );
  }
}

const NEEDED = { contacts: ['email', 'firstname', 'lastname'], companies: ['name', 'domain'] } as const;

function canExist(room: ObjectRoom, properties: Written): boolean {
  return NEEDED[room.kind].some((name) => (properties[name] ?? '') !== '');
}

/** Recorded in 2022: a company made with a domain comes back with the domain as its website. */
function companyWebsite(room: ObjectRoom, values: Written): Written {
  const domain = room.kind === 'companies' ? values.domain : undefined;
  return domain === undefined ? {} : { website: domain };
}

function origin(room: ObjectRoom, properties: Written): Written {
  const source = { hs_object_source: 'INTEGRATION', hs_object_source_label: 'INTEGRATION' };
  if (room.kind === 'companies') return { ...source, hs_pipeline: 'companies-lifecycle-pipeline' };
  const email = properties.email ?? '';
  const domain = email === '' ? {} : { hs_email_domain: email.slice(email.indexOf('@') + 1) };
  return { ...source, ...domain, hs_marketable_status: String(room.madeAreMarketing) };
}

/** A life cycle stage goes back only by way of ''. A backward write is answered 200 with the old value. */
function forwardOnly(values: Written, before: Written): Written {
  const stages: readonly string[] = LIFECYCLE_STAGES;
  const { lifecyclestage, ...others } = values;
  const from = stages.indexOf(before.lifecyclestage ?? '');
  return lifecyclestage !== undefined && lifecyclestage !== '' && stages.indexOf(lifecyclestage) < from
    ? others
    : values;
}

function withoutEmpty(values: Written): Written {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
