import type { FieldDefinition, ObjectDefinition } from './types.js';

/** An object as the org has it now. Names are found in any case, as the platform does. */
export interface SObject {
  readonly definition: () => ObjectDefinition;
  readonly name: string;
  readonly field: (name: string) => FieldDefinition | null;
  readonly fields: () => readonly FieldDefinition[];
  /** The reference field that is followed under this relationship name (`Account`, `Foo__r`). */
  readonly parent: (relationshipName: string) => FieldDefinition | null;
  readonly nameField: () => FieldDefinition | null;
}

/** A child relationship seen from the parent: `Contacts` = Contact.AccountId. */
export interface ChildRelationship {
  readonly name: string | null;
  readonly childObject: string;
  readonly field: string;
}

/** The org's objects and fields; grows with metadata deploys. */
export interface Schema {
  readonly objects: () => readonly SObject[];
  readonly find: (name: string) => SObject | null;
  readonly byKeyPrefix: (prefix: string) => SObject | null;
  readonly children: (parent: string) => readonly ChildRelationship[];
  /** Adds, or replaces one of the same name. */
  readonly putObject: (definition: ObjectDefinition) => void;
  readonly removeObject: (name: string) => void;
  /** Adds, or replaces one of the same name. */
  readonly putField: (object: string, definition: FieldDefinition) => void;
  readonly removeField: (object: string, name: string) => void;
  /** Goes up with each change, so that whatever was derived can be made anew. */
  readonly version: () => number;
}

export function startSchema(definitions: readonly ObjectDefinition[]): Schema {
  const objects = new Map<string, SObject>();
  let version = 0;
  let children: ReadonlyMap<string, readonly ChildRelationship[]> | null = null;
  const put = (definition: ObjectDefinition): void => {
    objects.set(definition.name.toLowerCase(), viewOf(definition));
    children = null;
    version += 1;
  };
  const change = (object: string, fields: (old: ObjectDefinition) => readonly FieldDefinition[]): void => {
    const old = objects.get(object.toLowerCase())?.definition();
    if (old === undefined) {
      throw new RangeError(`no object ${object}`);
    }
    put({ ...old, fields: fields(old) });
  };
  definitions.forEach(put);
  return {
    objects: () => [...objects.values()],
    find: (name) => objects.get(name.toLowerCase()) ?? null,
    byKeyPrefix: (prefix) =>
      [...objects.values()].find((one) => one.definition().keyPrefix === prefix) ?? null,
    children: (parent) => {
      children ??= childrenByParent([...objects.values()]);
      return children.get(parent) ?? [];
    },
    putObject: put,
    removeObject: (name) => {
      objects.delete(name.toLowerCase());
      children = null;
      version += 1;
    },
    putField: (object, definition) =>
      change(object, (old) => [
        ...old.fields.filter((one) => !sameName(one.name, definition.name)),
        definition,
      ]),
    removeField: (object, name) =>
      change(object, (old) => old.fields.filter((one) => !sameName(one.name, name))),
    version: () => version,
  };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function viewOf(definition: ObjectDefinition): SObject {
  const byName = new Map(definition.fields.map((one) => [one.name.toLowerCase(), one]));
  const parents = new Map(
    definition.fields.flatMap((one) =>
      one.relationshipName === null ? [] : [[one.relationshipName.toLowerCase(), one] as const],
    ),
  );
  const nameField = definition.fields.find((one) => one.nameField === true) ?? byName.get('name') ?? null;
  return {
    definition: () => definition,
    name: definition.name,
    field: (name) => byName.get(name.toLowerCase()) ?? null,
    fields: () => definition.fields,
    parent: (relationshipName) => parents.get(relationshipName.toLowerCase()) ?? null,
    nameField: () => nameField,
  };
}

function childrenByParent(objects: readonly SObject[]): ReadonlyMap<string, readonly ChildRelationship[]> {
  const byParent = new Map<string, ChildRelationship[]>();
  for (const object of objects) {
    for (const field of object.fields()) {
      for (const parent of field.referenceTo) {
        const known = byParent.get(parent) ?? [];
        known.push({ name: field.childRelationshipName, childObject: object.name, field: field.name });
        byParent.set(parent, known);
      }
    }
  }
  return byParent;
}
