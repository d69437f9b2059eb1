import type { PropertyToCreate } from '../../../ports/marketing.js';
import type { Context } from './context.js';
import { configError, contentRefused } from './errors.js';
import type { ObjectKind } from './paths.js';
import { ANYTHING, DEFINITIONS, GROUPS } from './schema.js';

const GROUP = { name: 'truenorth', label: 'Truenorth' } as const;
const KINDS: readonly ObjectKind[] = ['contacts', 'companies'];

const FIELD_TYPES: Readonly<Record<PropertyToCreate['type'], string>> = {
  string: 'text',
  number: 'number',
  date: 'date',
  bool: 'booleancheckbox',
};

/** Throws Config when a property of that name exists but can't hold our values. */
export async function missingProperties(
  context: Context,
  wanted: readonly PropertyToCreate[],
): Promise<readonly PropertyToCreate[]> {
  const missing: PropertyToCreate[] = [];
  for (const kind of KINDS) {
    const mine = wanted.filter((property) => property.object === kind);
    if (mine.length === 0) continue;
    const { results } = await context.client.send({
      kind: 'properties',
      method: 'GET',
      path: context.paths.properties(kind),
      answer: DEFINITIONS,
      repeat: 'repeatable',
    });
    const there = new Map(results.map((definition) => [definition.name, definition]));
    for (const property of mine) {
      const definition = there.get(property.name);
      if (definition === undefined) missing.push(property);
      else checkFit(property, definition);
    }
  }
  return missing;
}

interface Definition {
  readonly type: string;
  readonly hasUniqueValue?: boolean | undefined;
}

/** Uniqueness can be set only when a property is made. */
function checkFit(property: PropertyToCreate, definition: Definition): void {
  const unique = !property.unique || definition.hasUniqueValue === true;
  if (unique && holds(definition.type, property.type)) return;
  throw configError('HUBSPOT_PROPERTY_UNFIT', 'compare properties', {
    message: `The property ${property.name} of ${property.object} exists, but ${unique ? `as ${definition.type}, not ${property.type}` : 'its values are not unique'}.`,
    actions: [`Choose another name in mappings/hubspot.yaml, or delete ${property.name} in HubSpot.`],
  });
}

function holds(theirs: string, ours: PropertyToCreate['type']): boolean {
  return theirs === ours || (ours === 'string' && ['enumeration', 'phone_number'].includes(theirs));
}

/** Makes what is missing; what somebody made in the meantime is fine. */
export async function createProperties(
  context: Context,
  properties: readonly PropertyToCreate[],
): Promise<void> {
  for (const kind of KINDS) {
    const mine = properties.filter((property) => property.object === kind);
    if (mine.length > 0) await ensureGroup(context, kind);
    for (const property of mine) {
      await created(context, context.paths.properties(kind), definitionOf(property));
    }
  }
}

async function ensureGroup(context: Context, kind: ObjectKind): Promise<void> {
  const path = context.paths.propertyGroups(kind);
  const { results } = await context.client.send({
    kind: 'properties',
    method: 'GET',
    path,
    answer: GROUPS,
    repeat: 'repeatable',
  });
  if (!results.some((group) => group.name === GROUP.name)) await created(context, path, GROUP);
}

async function created(context: Context, path: string, body: unknown): Promise<void> {
  try {
    await context.client.send({
      kind: 'properties',
      method: 'POST',
      path,
      body,
      answer: ANYTHING,
      repeat: 'repeatable',
    });
  } catch (error) {
    if (!contentRefused(error) || error.cause.code !== 409) throw error;
  }
}

function definitionOf(property: PropertyToCreate): Readonly<Record<string, unknown>> {
  const answers = [
    { label: 'Yes', value: 'true', hidden: false, displayOrder: 0 },
    { label: 'No', value: 'false', hidden: false, displayOrder: 1 },
  ];
  return {
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: FIELD_TYPES[property.type],
    groupName: GROUP.name,
    ...(property.unique ? { hasUniqueValue: true } : {}),
    ...(property.type === 'bool' ? { options: answers } : {}),
  };
}
