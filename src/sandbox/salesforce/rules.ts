import { ApiError, invalidType } from './api-error.js';
import { flowOf } from './dml/flows.js';
import { isObject, type JsonObject } from './rest/body.js';
import type { FieldDefinition, ObjectDefinition, Row, ValidationRule } from './schema/types.js';
import type { Org } from './store/org.js';

/**
 * Adds what an administrator could set up: `{object, required: field}`, `{object, restricted: field}`,
 * `{object, unique: field}`, `{object, duplicate: [fields], action}`,
 * `{object, validation: {name, field, operator, value, message}}`, or a record-triggered flow:
 * `{object, flow: {name, on: field?, set: field, value | copy: field | plus: number | append: text}}` and
 * `{object, flow: null}`, which switches all of them off.
 */
export function addRule(org: Org, rule: JsonObject): unknown {
  const object = org.schema.find(String(rule.object));
  if (object === null) {
    throw invalidType(String(rule.object));
  }
  const definition = object.definition();
  for (const [kind, change] of FIELD_RULES) {
    if (typeof rule[kind] === 'string') {
      org.schema.putObject(changedField(definition, rule[kind], change));
    }
  }
  if (Array.isArray(rule.duplicate)) {
    const fields = rule.duplicate.map(String);
    const action = rule.action === 'alert' ? 'alert' : 'block';
    const duplicateRules = [
      ...(definition.duplicateRules ?? []),
      { name: `Same_${fields.join('_')}`, fields, action } as const,
    ];
    org.schema.putObject({ ...definition, duplicateRules });
  }
  if (typeof rule.validation === 'object' && rule.validation !== null) {
    const validationRules = [...definition.validationRules, validationOf({ ...rule.validation })];
    org.schema.putObject({ ...definition, validationRules });
  }
  if (rule.flow !== undefined) {
    addFlow(org, object.definition(), rule.flow);
  }
  return { object: object.name };
}

function addFlow(org: Org, definition: ObjectDefinition, flow: unknown): void {
  const flows = isObject(flow) ? [...(definition.flows ?? []), flowOf(flow)] : [];
  org.schema.putObject({ ...definition, flows });
}

const FIELD_RULES: readonly (readonly [string, Partial<FieldDefinition>])[] = [
  ['required', { nillable: false }],
  ['restricted', { restrictedPicklist: true }],
  ['unique', { unique: true }],
];

function changedField(
  definition: ObjectDefinition,
  name: string,
  change: Partial<FieldDefinition>,
): ObjectDefinition {
  if (!definition.fields.some((field) => field.name === name)) {
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `No such column '${name}' on sobject of type ${definition.name}`,
    );
  }
  return {
    ...definition,
    fields: definition.fields.map((field) => (field.name === name ? { ...field, ...change } : field)),
  };
}

function validationOf(rule: Readonly<Record<string, unknown>>): ValidationRule {
  const field = typeof rule.field === 'string' ? rule.field : null;
  return {
    name: String(rule.name ?? 'Rule'),
    message: String(rule.message ?? 'A validation rule refuses this record'),
    field,
    violatedBy: (row) => violates(row, field ?? '', rule),
  };
}

function violates(row: Row, field: string, rule: Readonly<Record<string, unknown>>): boolean {
  const value = row[field] ?? null;
  switch (rule.operator) {
    case '>':
      return typeof value === 'number' && value > Number(rule.value);
    case '<':
      return typeof value === 'number' && value < Number(rule.value);
    case '=':
      return value === rule.value;
    case 'blank':
      return value === null;
    default:
      return true;
  }
}
