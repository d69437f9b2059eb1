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

/** Item schemas that were spelled out already: a branch holds the same steps as the list around it. */
type Seen = Set<string>;

/** Rows for what lies below a schema: named keys, `<name>` for free ones, `[]` for items of lists. */
function rowsBelow(schema: JsonSchema, path: string, seen: Seen): readonly string[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    if (!isSchema(child)) return [];
    const here = path === '' ? key : `${path}.${key}`;
    return [
      row(here, child, schema.required?.includes(key) === true && child.default === undefined),
      ...rowsBelow(child, here, seen),
    ];
  });
  const free = schema.additionalProperties;
  const freeRows =
    isSchema(free) && Object.keys(free).length > 0
      ? [row(`${path}.<name>`, free, false), ...rowsBelow(free, `${path}.<name>`, seen)]
      : [];
  const items = isSchema(schema.items) ? itemRows(schema.items, `${path}[]`, seen) : [];
  return [...named, ...freeRows, ...items, ...branches(schema).flatMap((one) => rowsBelow(one, path, seen))];
}

function itemRows(item: JsonSchema, path: string, seen: Seen): readonly string[] {
  const kinds = branches(item).length > 0 ? branches(item) : [item];
  return kinds.flatMap((kind) => {
    const text = JSON.stringify(kind);
    if (seen.has(text)) return [];
    seen.add(text);
    return rowsBelow(kind, path, seen);
  });
}

/** A Markdown section for each configuration file, with every key. */
export function keyTables(): string {
  const entries = [...Object.values(CONFIG_FILES), PLAYBOOK_FILES];
  return entries
    .map(({ path, schema }) => {
      const json = jsonSchema(schema);
      const head = `## ${path}\n\n${oneLine(json.description)}\n\n| key | what | default | meaning |\n|---|---|---|---|`;
      return [head, ...new Set(rowsBelow(json, '', new Set()))].join('\n');
    })
    .join('\n\n');
}
