import { configurationPage } from './documentation.js';
import { schemaFiles } from './json-schemas.js';

/** Every file that is generated from the schemas, by path from the project's root. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return { ...schemaFiles(), 'docs/configuration.md': configurationPage() };
}
