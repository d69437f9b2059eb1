import { z } from 'zod';
import { notFound, type VendorError, validation } from '../errors.js';
import type { ObjectRoom, Portal } from '../portal.js';
import { historiesOf, rendered } from '../rules/render.js';
import { PROPERTIES, shaped } from '../rules/shape.js';
import {
  archiveObject,
  checkIdProperty,
  createObject,
  findObject,
  liveObject,
  updateObject,
} from '../rules/write.js';
import { checkCount, envelope, writeRows } from './batch-rows.js';
import { roomOf } from './object-kind.js';
import { ASSOCIATIONS } from './records.js';
import { type Answer, type Ask, NO_CONTENT, type Route, rowError } from './route.js';

const TRACE = { objectWriteTraceId: z.string().optional() };
const CREATE = z.strictObject({
  inputs: z.array(z.strictObject({ properties: PROPERTIES, associations: ASSOCIATIONS, ...TRACE })),
});
const UPDATE = z.strictObject({
  inputs: z.array(
    z.strictObject({ id: z.string(), properties: PROPERTIES, idProperty: z.string().optional(), ...TRACE }),
  ),
});
const UPSERT = z.strictObject({
  inputs: z.array(
    z.strictObject({ id: z.string(), properties: PROPERTIES, idProperty: z.string(), ...TRACE }),
  ),
});
const READ = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string() })),
  properties: z.array(z.string()),
  propertiesWithHistory: z.array(z.string()),
  idProperty: z.string().optional(),
});
const ARCHIVE = z.strictObject({ inputs: z.array(z.strictObject({ id: z.string() })) });

export const BATCH_ROUTES: readonly Route[] = (
  [
    ['read', 'crm.objects.:type.read', read],
    ['create', 'crm.objects.:type.write', create],
    ['update', 'crm.objects.:type.write', update],
    ['upsert', 'crm.objects.:type.write', upsert],
    ['archive', 'crm.objects.:type.write', archive],
  ] as const
).map(([name, scope, answer]) => ({
  method: 'post',
  path: `/crm/v3/objects/:type/batch/${name}`,
  scope,
  answer,
}));

function read(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { inputs, properties, propertiesWithHistory, idProperty } = shaped(READ, ask.body);
  checkCount(inputs.length, propertiesWithHistory.length > 0 ? 'property histories' : null);
  const ids = [...new Set(inputs.map((input) => input.id))];
  const found = ids.map((id) => ({ id, object: findObject(room, id, idProperty) }));
  const there = found.flatMap(({ object }) => (object === null || object.archived ? [] : [object]));
  const missing = found.filter(({ object }) => object === null || object.archived).map(({ id }) => id);
  const results = [...new Map(there.map((object) => [object.id, object])).values()];
  const errors = missing.length === 0 ? [] : [rowError(someMissing(room), { ids: missing })];
  const shown = results.map((object) => ({
    ...rendered(room, object, properties),
    ...(propertiesWithHistory.length === 0
      ? {}
      : { propertiesWithHistory: historiesOf(room, object, propertiesWithHistory) }),
  }));
  return envelope(portal, { results: shown, errors }, 200);
}

function someMissing(room: ObjectRoom): VendorError {
  const kind = room.kind === 'contacts' ? 'CONTACT' : 'COMPANY';
  return notFound(
    `Could not get some ${kind} objects, they may be deleted or not exist. Check that ids are valid.`,
  );
}

function create(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { inputs } = shaped(CREATE, ask.body);
  const rows = inputs.map((input) => ({
    trace: input.objectWriteTraceId,
    write: () => createObject(room, input.properties),
  }));
  return writeRows({ portal, room, ask }, rows, 201);
}

function update(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { inputs } = shaped(UPDATE, ask.body);
  checkDistinct(inputs.map((input) => input.id));
  const rows = inputs.map((input) => ({
    trace: input.objectWriteTraceId,
    write: () => {
      const { id } = liveObject(room, input.id, input.idProperty);
      return updateObject(room, id, input.properties);
    },
  }));
  return writeRows({ portal, room, ask }, rows, 200);
}

function upsert(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { inputs } = shaped(UPSERT, ask.body);
  checkDistinct(inputs.map((input) => input.id));
  for (const input of inputs) checkIdProperty(room, input.idProperty);
  const rows = inputs.map((input) => ({
    // No partial upserts with e-mail as the key (contacts guide): without traces one bad row fails the batch.
    trace: input.idProperty === 'email' ? undefined : input.objectWriteTraceId,
    write: () => {
      const found = findObject(room, input.id, input.idProperty);
      const properties = {
        ...input.properties,
        [input.idProperty]: input.properties[input.idProperty] ?? input.id,
      };
      return found === null || found.archived
        ? { ...createObject(room, properties), isNew: true }
        : { ...updateObject(room, found.id, input.properties), isNew: false };
    },
  }));
  return writeRows({ portal, room, ask }, rows, 200);
}

function archive(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { inputs } = shaped(ARCHIVE, ask.body);
  checkCount(inputs.length, null);
  for (const input of inputs) archiveObject(room, input.id);
  return NO_CONTENT;
}

function checkDistinct(ids: readonly string[]): void {
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length > 0)
    throw validation(`Duplicate IDs found in batch input: [${[...new Set(twice)].join(', ')}]`);
}
