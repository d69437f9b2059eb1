import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load.js';
import type { Settings } from '../../../src/ports/settings.js';
import { MAPPING } from './objects.js';

/**
 * The shipped health and tiers, with these playbooks and this engagement.yaml. Playbook texts by id; `others` =
 * further files by their path (`config/health.yaml`).
 */
export function settingsWith(
  playbooks: Readonly<Record<string, string>>,
  engagement: string,
  others: Readonly<Record<string, string>> = {},
): Settings {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-world-'));
  try {
    for (const part of ['config', 'mappings']) cpSync(part, join(folder, part), { recursive: true });
    rmSync(join(folder, 'config', 'playbooks'), { recursive: true });
    for (const file of ['moments.yaml', 'program.yaml'])
      rmSync(join(folder, 'config', file), { force: true });
    mkdirSync(join(folder, 'config', 'playbooks'));
    writeFileSync(join(folder, 'mappings', 'salesforce.yaml'), MAPPING);
    writeFileSync(join(folder, 'config', 'engagement.yaml'), engagement);
    for (const [id, text] of Object.entries(playbooks))
      writeFileSync(join(folder, 'config', 'playbooks', `${id}.yaml`), text);
    for (const [path, text] of Object.entries(others)) writeFileSync(join(folder, path), text);
    const { customFacts: _, ...resolved } = loadConfig(folder);
    return { ...resolved, customFacts: [], notes: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
