import { z } from 'zod';
import { CONFIG_FILES, PLAYBOOK_FILES } from '../file-set.js';

/** Folder of the generated schemas, beside the files that they describe. */
const SCHEMA_FOLDER = 'config/schemas';

const ENTRIES = [...Object.values(CONFIG_FILES), PLAYBOOK_FILES];

/** The editor's view of a file: what may be written, before defaults are filled in. */
export function jsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
}

/** Every generated JSON Schema, by path. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const files = ENTRIES.map(({ schemaName, schema }) => [
    `${SCHEMA_FOLDER}/${schemaName}.schema.json`,
    `${JSON.stringify(jsonSchema(schema), null, 2)}\n`,
  ]);
  return Object.fromEntries(files);
}
