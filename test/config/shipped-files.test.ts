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
    const { health } = loadConfig(ROOT);
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
    expect(health.models.map(({ id }) => id)).toEqual(['onboarding', 'ongoing']);
  });

  it('has a playbook for each part of the journey, of which only those wait whose facts the demo has not', () => {
    const { playbooks, notes } = loadConfig(ROOT);
    expect(playbooks.length).toBeGreaterThanOrEqual(30);
    const waiting = notes
      .filter(({ file }) => file.startsWith(PLAYBOOK_FOLDER))
      .map(({ message }) => message);
    expect(waiting).toEqual([
      '5 playbooks wait for facts that are not mapped, or for days that are not set: expansion-hint (cases.expansionHint), release-announcement (program.release), service-incident (account.incidentSince), training-invitation (cases.trainingCaused90), you-asked-we-did (program.improvements)',
    ]);
  });

  it('needs neither Outreach nor a webhook, and switching it on mails nobody', () => {
    const { playbooks } = loadConfig(ROOT);
    const channels = new Set(playbooks.flatMap(({ steps }) => steps.map(({ channel }) => channel)));
    expect([...channels].sort()).toEqual(['hubspot-list', 'salesforce-task']);
    expect(playbooks.filter(({ trigger }) => trigger.onFirstSight !== 'arm')).toEqual([]);
  });

  it('puts service before what sells, and rhythm last', () => {
    const order = loadConfig(ROOT).playbooks.map(({ id }) => id);
    const inOrder = [
      'service-incident',
      'support-surge',
      'renewal',
      'usage-drop',
      'promoter',
      'usage-report',
    ];
    expect(order.filter((id) => inOrder.includes(id))).toEqual(inOrder);
  });

  it('gives every playbook back from its source', () => {
    const { playbooks, revive } = loadConfig(ROOT);
    for (const { id, source, version } of playbooks) expect(revive(id, source)?.version).toBe(version);
  });

  it('calls nobody small, low in value or lesser, in whatever file', () => {
    for (const path of PATHS)
      expect([
        path,
        /\b(small(er)? (customer|account)|low[- ]value|lesser)/i.exec(shipped.read(path) ?? ''),
      ]).toEqual([path, null]);
  });

  it('says on top of each playbook what it is for', () => {
    const paths = shipped.list(PLAYBOOK_FOLDER);
    for (const name of paths) {
      const [, , first, second] = (shipped.read(`${PLAYBOOK_FOLDER}/${name}`) ?? '').split('\n');
      expect([name, first?.startsWith('# '), second?.startsWith('# ')]).toEqual([name, true, true]);
    }
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
