import { z } from 'zod';
import { notFound, VendorError, validation } from '../errors.js';
import type { ObjectRoom, Portal } from '../portal.js';
import { shaped } from '../rules/shape.js';
import type { PropertyDefinition, PropertyOption } from '../schema/property.js';
import { roomOf } from './object-kind.js';
import { type Answer, type Ask, NO_CONTENT, ok, type Route, rowError } from './route.js';

const TYPES = ['string', 'number', 'date', 'datetime', 'enumeration', 'bool', 'phone_number'] as const;
const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'select',
  'radio',
  'checkbox',
  'booleancheckbox',
  'file',
  'html',
  'phonenumber',
  'calculation_equation',
] as const;

const PAIRS: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
  string: ['text', 'textarea', 'html', 'file', 'phonenumber', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  bool: ['booleancheckbox', 'calculation_equation'],
  phone_number: ['phonenumber'],
};

const OPTION = z.strictObject({
  label: z.string(),
  value: z.string(),
  hidden: z.boolean(),
  displayOrder: z.number().optional(),
  description: z.string().optional(),
});
const CHANGE = z.strictObject({
  label: z.string().optional(),
  description: z.string().optional(),
  groupName: z.string().optional(),
  displayOrder: z.number().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  options: z.array(OPTION).optional(),
});
const CREATE = CHANGE.extend({
  name: z.string(),
  label: z.string(),
  type: z.enum(TYPES),
  fieldType: z.enum(FIELD_TYPES),
  groupName: z.string(),
  hasUniqueValue: z.boolean().optional(),
  externalOptions: z.boolean().optional(),
  referencedObjectType: z.string().optional(),
  calculationFormula: z.string().optional(),
});
const BATCH = z.strictObject({ inputs: z.array(CREATE) });
const GROUP = z.strictObject({ name: z.string(), label: z.string(), displayOrder: z.number().optional() });

const READ = 'crm.schemas.:type.read';
const WRITE = 'crm.schemas.:type.write';
const ROOT = '/crm/v3/properties/:type';

export const PROPERTY_ROUTES: readonly Route[] = [
  { method: 'get', path: `${ROOT}/groups`, scope: READ, answer: groups },
  { method: 'post', path: `${ROOT}/groups`, scope: WRITE, answer: addGroup },
  { method: 'post', path: `${ROOT}/batch/create`, scope: WRITE, answer: addBatch },
  { method: 'get', path: ROOT, scope: READ, answer: all },
  { method: 'post', path: ROOT, scope: WRITE, answer: add },
  { method: 'get', path: `${ROOT}/:name`, scope: READ, answer: one },
  { method: 'patch', path: `${ROOT}/:name`, scope: WRITE, answer: change },
  { method: 'delete', path: `${ROOT}/:name`, scope: WRITE, answer: remove },
];

function all(portal: Portal, ask: Ask): Answer {
  return ok({ results: roomOf(portal, ask.params.type).table.all() });
}

function one(portal: Portal, ask: Ask): Answer {
  const name = ask.params.name ?? '';
  const property = roomOf(portal, ask.params.type).table.find(name);
  if (property === null) throw notFound(`Property "${name}" does not exist`);
  return ok(property);
}

function add(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  return { status: 201, body: room.table.add(defined(portal, shaped(CREATE, ask.body))) };
}

function addBatch(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { inputs } = shaped(BATCH, ask.body);
  const results: PropertyDefinition[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) addOne({ room, portal }, input, { results, errors });
  const at = new Date(Math.floor(portal.clock.now())).toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  return errors.length === 0
    ? { status: 201, body }
    : { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

interface Place {
  readonly room: ObjectRoom;
  readonly portal: Portal;
}

function addOne(
  { room, portal }: Place,
  input: z.infer<typeof CREATE>,
  into: { readonly results: PropertyDefinition[]; readonly errors: unknown[] },
): void {
  try {
    into.results.push(room.table.add(defined(portal, input)));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    into.errors.push(rowError(error, { name: [input.name] }));
  }
}

function defined(portal: Portal, input: z.infer<typeof CREATE>): PropertyDefinition {
  if (!PAIRS[input.type].includes(input.fieldType)) {
    throw validation(`Property type ${input.type} does not go with field type ${input.fieldType}.`);
  }
  const at = new Date(Math.floor(portal.clock.now())).toISOString();
  return {
    name: input.name,
    label: input.label,
    type: input.type,
    fieldType: input.fieldType,
    groupName: input.groupName,
    description: input.description ?? '',
    options: listedOptions(input.options ?? []),
    displayOrder: input.displayOrder ?? -1,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hidden: input.hidden ?? false,
    hubspotDefined: false,
    calculated: input.fieldType === 'calculation_equation',
    externalOptions: input.externalOptions ?? false,
    formField: input.formField ?? false,
    archived: false,
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
    createdAt: at,
    updatedAt: at,
  };
}

function listedOptions(options: readonly z.infer<typeof OPTION>[]): readonly PropertyOption[] {
  return options.map(({ label, value, hidden, displayOrder }, index) => ({
    label,
    value,
    hidden,
    displayOrder: displayOrder ?? index,
  }));
}

function change(portal: Portal, ask: Ask): Answer {
  const { options, ...others } = shaped(CHANGE, ask.body);
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const to: Partial<PropertyDefinition> = {
    ...given,
    ...(options === undefined ? {} : { options: listedOptions(options) }),
    updatedAt: new Date(Math.floor(portal.clock.now())).toISOString(),
  };
  return ok(roomOf(portal, ask.params.type).table.change(ask.params.name ?? '', to));
}

function remove(portal: Portal, ask: Ask): Answer {
  roomOf(portal, ask.params.type).table.remove(ask.params.name ?? '');
  return NO_CONTENT;
}

function groups(portal: Portal, ask: Ask): Answer {
  return ok({ results: roomOf(portal, ask.params.type).table.groups() });
}

function addGroup(portal: Portal, ask: Ask): Answer {
  const { name, label, displayOrder } = shaped(GROUP, ask.body);
  const group = { name, label, displayOrder: displayOrder ?? -1, archived: false };
  return { status: 201, body: roomOf(portal, ask.params.type).table.addGroup(group) };
}
