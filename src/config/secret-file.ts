import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a secret in its file as a whole, readable by its owner alone. */
export function replaceSecret(file: string, secret: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${secret}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

/** The secret in a file; made and kept there the first time. */
export function keptSecret(file: string, make: () => string): string {
  if (!existsSync(file)) replaceSecret(file, make());
  return readFileSync(file, 'utf8').trim();
}
