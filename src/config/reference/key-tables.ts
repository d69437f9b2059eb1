import type { z } from 'zod';
import { CONFIG_FILES, PLAYBOOK_FILES } from '../file-set.js';
import { jsonSchema } from './json-schemas.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function branches(schema: JsonSchema): readonly JsonSchema[] {
  return (schema.anyOf ?? []).filter(isSchema);
}

/** What may be written, in a word or two. */
function spokenType(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (branches(schema).length > 0) return [...new Set(branches(schema).map(spokenType))].join(' or ');
  if (schema.pattern?.includes('%')) return 'percent';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'keys';
  return schema.type === 'integer'
    ? 'whole number'
    : schema.type === 'string'
      ? 'text'
      : String(schema.type ?? 'anything');
}

function spokenDefault(schema: JsonSchema, required: boolean): string {
  if (required) return 'needed';
  if (schema.default === undefined || isSchema(schema.default)) return '';
  return `\`${JSON.stringify(schema.default)}\``;
}

function oneLine(text: string | undefined): string {
  return (text ?? '').replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function row(path: string, schema: JsonSchema, required: boolean): string {
  return `| \`${path}\` | ${spokenType(schema)} | ${spokenDefault(schema, required)} | ${oneLine(schema.description)} |`;
}

/** Rows for what lies below a schema: named keys, `<name>` for free ones, `[]` for items of lists. */
function rowsBelow(schema: JsonSchema, path: string): readonly string[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    if (!isSchema(child)) return [];
    const here = path === '' ? key : `${path}.${key}`;
    return [
      row(here, child, schema.required?.includes(key) === true && child.default === undefined),
      ...rowsBelow(child, here),
    ];
  });
  const free = isSchema(schema.additionalProperties) && Object.keys(schema.additionalProperties).length > 0;
  const freeRows =
    free && isSchema(schema.additionalProperties)
      ? freeBelow(schema.additionalProperties, `${path}.<name>`)
      : [];
  const items = isSchema(schema.items) ? rowsBelow(schema.items, `${path}[]`) : [];
  return [...named, ...freeRows, ...items, ...branches(schema).flatMap((branch) => rowsBelow(branch, path))];
}

function freeBelow(schema: JsonSchema, path: string): readonly string[] {
  return [row(path, schema, false), ...rowsBelow(schema, path)];
}

/** A Markdown section for each configuration file, with every key. */
export function keyTables(): string {
  const entries = [...Object.values(CONFIG_FILES), PLAYBOOK_FILES];
  return entries
    .map(({ path, schema }) => {
      const json = jsonSchema(schema);
      const head = `## ${path}\n\n${oneLine(json.description)}\n\n| key | what | default | meaning |\n|---|---|---|---|`;
      return [head, ...new Set(rowsBelow(json, ''))].join('\n');
    })
    .join('\n\n');
}
