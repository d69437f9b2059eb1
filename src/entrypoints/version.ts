import { readFileSync } from 'node:fs';

/** Of the package that this file is part of, built or not. */
export function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return String((JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version);
}
