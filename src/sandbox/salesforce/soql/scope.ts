import { ApiError, invalidType } from '../api-error.js';
import type { SObject } from '../schema/schema.js';
import type { FieldDefinition, Row, Value } from '../schema/types.js';
import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';

/** Where names of a query are looked up: the FROM object, its alias, who asks. */
export interface Scope {
  readonly org: Org;
  readonly caller: Caller;
  readonly object: SObject;
  readonly aliases: readonly string[];
  /** Recycled rows are in sight. */
  readonly all: boolean;
  readonly text: string;
}

/** A field that a query names, found and readable. */
export interface FieldRef {
  /** `Owner.Name`, with the definitions' own letter case. */
  readonly path: string;
  readonly definition: FieldDefinition;
  /** The relationships on the way, first to last. */
  readonly steps: readonly ParentStep[];
  readonly read: (row: Row) => Value;
}

/** One relationship followed to a parent. */
export interface ParentStep {
  readonly name: string;
  readonly follow: (row: Row) => Followed | null;
}

/** A parent row and the object that it is of. */
export interface Followed {
  readonly object: SObject;
  readonly row: Row;
}

/** The object of this name as far as the caller may see it; ApiError INVALID_TYPE otherwise. */
export function objectFor(org: Org, caller: Caller, name: string): SObject {
  const object = org.schema.find(name);
  if (object === null || !org.access.object(caller.session.userId, object.name).read) {
    throw invalidType(name);
  }
  return object;
}

/** Relationships deep that one path may go (facts §3). */
const DEEPEST = 5;

/** Resolves `Name`, `a.Name`, `Account.Owner.Name`; ApiError INVALID_FIELD where it does not exist or is not visible. */
export function resolveField(scope: Scope, path: string): FieldRef {
  const parts = path.split('.');
  const [first = ''] = parts;
  const own =
    parts.length > 1 && scope.aliases.includes(first.toLowerCase()) && scope.object.parent(first) === null;
  const names = own ? parts.slice(1) : parts;
  if (names.length > DEEPEST + 1) {
    throw invalidField(scope, path, `Only ${DEEPEST} levels of parent relationships are allowed: ${path}`);
  }
  let objects: readonly SObject[] = [scope.object];
  const steps: ParentStep[] = [];
  for (const name of names.slice(0, -1)) {
    const step = parentStep(scope, objects, { name, path });
    steps.push(step.step);
    objects = step.objects;
  }
  const definition = fieldOn(scope, objects, { name: names.at(-1) ?? '', path });
  const spelled = [...steps.map((step) => step.name), definition.name].join('.');
  return { path: spelled, definition, steps, read: readerAlong(scope, steps, { objects, definition }) };
}

interface Named {
  readonly name: string;
  readonly path: string;
}

function parentStep(
  scope: Scope,
  objects: readonly SObject[],
  { name, path }: Named,
): { step: ParentStep; objects: readonly SObject[] } {
  const reference = objects.map((object) => object.parent(name)).find((field) => field !== null) ?? null;
  const owner = objects[0] ?? scope.object;
  if (reference === null || !visible(scope, owner, reference.name)) {
    throw invalidField(
      scope,
      path,
      `Didn't understand relationship '${name}' in field path. ${HINT_RELATIONSHIP}`,
    );
  }
  const parents = reference.referenceTo.flatMap((parent) => scope.org.schema.find(parent) ?? []);
  const read = scope.org.reader(owner.name, reference.name);
  return {
    step: { name: reference.relationshipName ?? name, follow: (row) => follow(scope, parents, read(row)) },
    objects: parents,
  };
}

function follow(scope: Scope, parents: readonly SObject[], id: Value): Followed | null {
  if (typeof id !== 'string') {
    return null;
  }
  const object =
    parents.length === 1
      ? parents[0]
      : parents.find((parent) => parent.definition().keyPrefix === id.slice(0, 3));
  const row = object === undefined ? null : scope.org.table(object.name).get(id);
  return object === undefined || row === null || (row.IsDeleted === true && !scope.all)
    ? null
    : { object, row };
}

function fieldOn(scope: Scope, objects: readonly SObject[], { name, path }: Named): FieldDefinition {
  // Before the objects' own fields: Account has a Type too, but What.Type tells the object.
  if (objects.length > 1 && name.toLowerCase() === 'type') {
    return TYPE_OF_PARENT;
  }
  for (const object of objects) {
    const definition = object.field(name);
    if (definition !== null && visible(scope, object, definition.name)) {
      return definition;
    }
  }
  const entity = objects.length > 1 ? 'Name' : (objects[0]?.name ?? '');
  throw invalidField(scope, path, `No such column '${name}' on entity '${entity}'. ${HINT_COLUMN}`);
}

/** `What.Type`: the object that a polymorphic reference points to. */
const TYPE_OF_PARENT: FieldDefinition = {
  name: 'Type',
  label: 'Type',
  type: 'picklist',
  length: 40,
  precision: 0,
  scale: 0,
  custom: false,
  nillable: true,
  createable: false,
  updateable: false,
  unique: false,
  externalId: false,
  caseSensitive: false,
  calculated: false,
  formula: null,
  defaultValue: null,
  referenceTo: [],
  relationshipName: null,
  childRelationshipName: null,
  picklistValues: [],
  restrictedPicklist: false,
  help: null,
};

interface End {
  readonly objects: readonly SObject[];
  readonly definition: FieldDefinition;
}

function readerAlong(
  scope: Scope,
  steps: readonly ParentStep[],
  { objects, definition }: End,
): (row: Row) => Value {
  if (steps.length === 0) {
    return scope.org.reader(scope.object.name, definition.name);
  }
  const readers = new Map(
    objects.map((object) => [object.name, scope.org.reader(object.name, definition.name)]),
  );
  return (row) => {
    const end = walk(steps, row);
    if (end === null) {
      return null;
    }
    return definition === TYPE_OF_PARENT
      ? end.object.name
      : (readers.get(end.object.name)?.(end.row) ?? null);
  };
}

function walk(steps: readonly ParentStep[], from: Row): Followed | null {
  let at: Followed | null = null;
  let row = from;
  for (const step of steps) {
    at = step.follow(row);
    if (at === null) {
      return null;
    }
    row = at.row;
  }
  return at;
}

/** Field-level security: an invisible field does not exist for the caller. */
export function visible(scope: Scope, object: SObject, field: string): boolean {
  return scope.org.access.field(scope.caller.session.userId, object.name, field) !== 'none';
}

const HINT_COLUMN =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
const HINT_RELATIONSHIP =
  "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";

/** ApiError INVALID_FIELD in the platform's form: a piece of the query, the place, the reason. */
export function invalidField(scope: Scope, token: string, reason: string): ApiError {
  const at = Math.max(0, scope.text.toLowerCase().indexOf(token.toLowerCase()));
  const piece = scope.text.slice(Math.max(0, at - 40), at + 40);
  const message = `\n${piece}\n${' '.repeat(Math.min(at, 40))}^\nERROR at Row:1:Column:${at + 1}\n${reason}`;
  return new ApiError(400, 'INVALID_FIELD', message);
}
