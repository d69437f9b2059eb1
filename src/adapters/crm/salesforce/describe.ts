import type { FieldDescription, ObjectDescription } from '../../../ports/crm.js';
import type { Client } from './client.js';
import { type ValueType, valueType } from './convert.js';
import { salesforceError } from './errors.js';
import { parseAnswer } from './parse.js';
import { batchAnswer, type ObjectDescribe, objectDescribe } from './schema.js';
import { name } from './soql.js';

/** The platform's limit of subrequests in one batch. */
const BATCH = 25;

export interface Catalogue {
  /** Asks anew, 25 objects a request; remembers the answers. */
  readonly describe: (objects: readonly string[]) => Promise<readonly ObjectDescribe[]>;
  /** From memory when it was ever described, else asked. */
  readonly known: (object: string) => Promise<ObjectDescribe>;
  /** Types of plain fields, and of parent paths; parents are described when `parents` asks for them. */
  readonly types: (
    object: string,
    paths: readonly string[],
    parents: 'described' | 'if-known',
  ) => Promise<ReadonlyMap<string, ValueType>>;
}

export function createCatalogue(client: Client, apiVersion: string): Catalogue {
  const memory = new Map<string, ObjectDescribe>();
  const describe = async (objects: readonly string[]): Promise<readonly ObjectDescribe[]> => {
    const found: ObjectDescribe[] = [];
    for (let from = 0; from < objects.length; from += BATCH) {
      found.push(...(await describeBatch(client, apiVersion, objects.slice(from, from + BATCH))));
    }
    for (const object of found) memory.set(object.name.toLowerCase(), object);
    return found;
  };
  const known = async (object: string): Promise<ObjectDescribe> => {
    const found = memory.get(object.toLowerCase()) ?? (await describe([object]))[0];
    if (found) return found;
    throw salesforceError('SF_OBJECT_NOT_VISIBLE', {
      operation: `describe ${object}`,
      message: `The object ${object} does not exist in this org or is hidden from the integration user.`,
    });
  };
  return {
    describe,
    known,
    async types(object, paths, parents) {
      const start = await known(object);
      if (parents === 'described') await describeParents({ memory, describe }, start, paths);
      return typesOf(memory, start, paths);
    },
  };
}

async function describeBatch(client: Client, apiVersion: string, objects: readonly string[]) {
  const operation = `describe ${objects.join(', ')}`;
  const answer = await client.rest({
    kind: 'describe',
    operation,
    method: 'POST',
    path: '/composite/batch',
    body: {
      haltOnError: false,
      batchRequests: objects.map((object) => ({
        method: 'GET',
        url: `v${apiVersion}/sobjects/${name(object)}/describe`,
      })),
    },
    repeatable: true,
  });
  const { results } = parseAnswer(batchAnswer, answer.body, operation);
  return results.flatMap(({ statusCode, result }) => {
    if (statusCode === 404 || statusCode === 403) return [];
    return [parseAnswer(objectDescribe, result, operation)];
  });
}

interface Memory {
  readonly memory: ReadonlyMap<string, ObjectDescribe>;
  readonly describe: Catalogue['describe'];
}

/** Parents of parents are found one step at a time: one request per step, nothing when all are known. */
async function describeParents(
  known: Memory,
  start: ObjectDescribe,
  paths: readonly string[],
): Promise<void> {
  for (let depth = 1; depth <= 5; depth += 1) {
    const missing = new Set<string>();
    for (const path of paths) {
      for (const parent of parentsAt(known.memory, start, path.split('.').slice(0, -1).slice(0, depth))) {
        if (!known.memory.has(parent.toLowerCase())) missing.add(parent);
      }
    }
    if (missing.size > 0) await known.describe([...missing]);
  }
}

/** The objects that a chain of relationship names may lead to; none while a step on the way is unknown. */
function parentsAt(
  memory: ReadonlyMap<string, ObjectDescribe>,
  start: ObjectDescribe,
  steps: readonly string[],
): readonly string[] {
  let parents = [start.name];
  for (const step of steps) {
    const fields = parents.flatMap((parent) => memory.get(parent.toLowerCase())?.fields ?? []);
    parents = fields
      .filter((field) => field.relationshipName?.toLowerCase() === step.toLowerCase())
      .flatMap((field) => field.referenceTo ?? []);
  }
  return steps.length === 0 ? [] : parents;
}

function typesOf(
  memory: ReadonlyMap<string, ObjectDescribe>,
  start: ObjectDescribe,
  paths: readonly string[],
): ReadonlyMap<string, ValueType> {
  const types = new Map<string, ValueType>();
  for (const path of paths) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const owners = steps.length === 0 ? [start.name] : parentsAt(memory, start, steps);
    const fields = owners.flatMap((owner) => memory.get(owner.toLowerCase())?.fields ?? []);
    const field = fields.find((candidate) => candidate.name.toLowerCase() === last.toLowerCase());
    if (field) types.set(path, valueType(field.type));
  }
  return types;
}

export function toDescription(object: ObjectDescribe): ObjectDescription {
  const { name: apiName, label, custom, queryable, updateable } = object;
  const fields = object.fields.map(toField);
  return { name: apiName, label, custom, queryable, updateable, keyPrefix: object.keyPrefix ?? null, fields };
}

function toField(field: ObjectDescribe['fields'][number]): FieldDescription {
  const { permissionable: _, referenceTo, relationshipName, picklistValues, ...plain } = field;
  return {
    ...plain,
    referenceTo: referenceTo ?? [],
    relationshipName: relationshipName ?? null,
    picklistValues: (picklistValues ?? []).filter((entry) => entry.active).map((entry) => entry.value),
  };
}
