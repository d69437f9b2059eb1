import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load.js';
import type { Playbook } from '../../../src/domain/engagement/playbook.js';
import { MAPPING } from './mapping.js';

/** The shipped configuration over a book with everything mapped. */
export const SETTINGS = ((): ReturnType<typeof loadConfig> => {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-shipped-'));
  try {
    for (const part of ['config', 'mappings']) cpSync(part, join(folder, part), { recursive: true });
    writeFileSync(join(folder, 'mappings', 'salesforce.yaml'), MAPPING);
    return loadConfig(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
})();

/** A shipped playbook as the service reads it. */
export function loaded(id: string): Playbook {
  const found = SETTINGS.playbooks.find((playbook) => playbook.id === id);
  if (found === undefined) throw new Error(`${id} is not loaded`);
  return found;
}
