import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { healthComponent } from '../../../src/install/component/health-component.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SOURCE = join(ROOT, 'src', 'install', 'component', 'truenorthHealth');
const source = (file: string) => readFileSync(join(SOURCE, file), 'utf8');

function shippedNames(): Record<string, string> {
  const { write } = parse(readFileSync(join(ROOT, 'mappings', 'salesforce.yaml'), 'utf8'));
  return Object.fromEntries(
    Object.entries<string | { field: string }>(write).map(([name, field]) => [
      name,
      typeof field === 'string' ? field : field.field,
    ]),
  );
}

describe('the health component', () => {
  it('is its folder, file by file, where the mapping is the one of the folder', async () => {
    const { ACCOUNT_FIELDS } = await import(join(SOURCE, 'fields.js'));
    const { name, files } = healthComponent(ACCOUNT_FIELDS);
    expect(name).toBe('truenorthHealth');
    expect(Object.keys(files)).toEqual(readdirSync(SOURCE).sort());
    for (const [file, text] of Object.entries(files)) expect([file, text]).toEqual([file, source(file)]);
  });

  it('has the fields of the shipped mapping in its folder', async () => {
    const { ACCOUNT_FIELDS } = await import(join(SOURCE, 'fields.js'));
    const { stage, phase, ...shown } = shippedNames();
    expect(ACCOUNT_FIELDS).toEqual(expect.objectContaining(shown));
  });

  it('names the fields of the mapping, and only what the mapping has', () => {
    const { files } = healthComponent({ score: 'My_Score__c', stage: 'My_Stage__c' });
    expect(files['fields.js']).toContain("export const ACCOUNT_FIELDS = {\n  score: 'My_Score__c',\n};");
  });

  it('asks nothing of the network, writes no markup as text, and knows no package but the platform’s', () => {
    const texts = Object.entries(healthComponent({}).files).filter(([file]) => /\.(js|html|css)$/.test(file));
    expect(texts.length).toBeGreaterThan(5);
    for (const [file, text] of texts) {
      expect([file, text]).toEqual([
        file,
        expect.not.stringMatching(/fetch\(|XMLHttpRequest|innerHTML|lwc:inner-html|https?:|url\(|eval\(/),
      ]);
      for (const [, from] of text.matchAll(/from '([^']+)'/g))
        expect([file, from]).toEqual([
          file,
          expect.stringMatching(/^(\.\/\w+|lwc|lightning\/ui\w+|@salesforce\/i18n\/\w+)$/),
        ]);
    }
  });

  it('is offered to admins for account pages, on desktop and phone', () => {
    const about = source('truenorthHealth.js-meta.xml');
    for (const part of [
      '<apiVersion>62.0</apiVersion>',
      '<isExposed>true</isExposed>',
      '<target>lightning__RecordPage</target>',
      '<object>Account</object>',
      '<supportedFormFactor type="Small"/>',
    ])
      expect(about).toContain(part);
  });
});
