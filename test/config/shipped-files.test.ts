import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONFIG_FILES, PLAYBOOK_FILES, PLAYBOOK_FOLDER } from '../../src/config/file-set.js';
import { loadConfig } from '../../src/config/load.js';
import { generatedFiles } from '../../src/config/reference/generated-files.js';
import { filesIn } from '../../src/config/text-files.js';

const ROOT = join(import.meta.dirname, '../..');
const shipped = filesIn(ROOT);

const PATHS = [
  ...Object.values(CONFIG_FILES).map(({ path }) => path),
  ...shipped.list(PLAYBOOK_FOLDER).map((name) => `${PLAYBOOK_FOLDER}/${name}`),
];

describe('what is shipped', () => {
  it('loads without a problem, and every dimension can be scored', () => {
    const { playbooks, health } = loadConfig(ROOT);
    const ongoing = health.models.at(-1)?.dimensions ?? [];
    expect(ongoing.map(({ id, weight }) => [id, weight])).toEqual([
      ['adoption', 35],
      ['engagement', 20],
      ['support', 20],
      ['commercial', 15],
      ['sentiment', 10],
    ]);
    expect(health.watermelon?.signs).toHaveLength(4);
    expect(health.modelBreadth).toBeGreaterThan(0.5);
    expect(playbooks.map(({ id }) => id)).toEqual(['support-surge', 'first-login']);
    expect(health.models.map(({ id }) => id)).toEqual(['onboarding', 'ongoing']);
  });

  it.each(PATHS)('%s names its schema for editors on the first line', (path) => {
    const [first] = (shipped.read(path) ?? '').split('\n');
    const named = /^# yaml-language-server: \$schema=(.+)$/.exec(first ?? '')?.[1] ?? 'none';
    const schema = join(path, '..', named);
    expect(Object.keys(generatedFiles())).toContain(schema);
  });

  it.each(PATHS)('%s is accepted by its editor schema, which refuses a key it does not know', (path) => {
    const written: unknown = parse(shipped.read(path) ?? '');
    const { schemaName } = Object.values(CONFIG_FILES).find((file) => file.path === path) ?? PLAYBOOK_FILES;
    const schema = z.fromJSONSchema(
      JSON.parse(shipped.read(`config/schemas/${schemaName}.schema.json`) ?? ''),
    );
    expect(schema.safeParse(written).error).toBeUndefined();
    expect(schema.safeParse({ ...Object(written), unheardOf: 1 }).success).toBe(false);
  });

  it.each(Object.entries(generatedFiles()))('%s is what npm run reference writes', (path, text) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });
});
