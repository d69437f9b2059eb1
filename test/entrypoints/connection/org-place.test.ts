import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { surroundingsOf } from '../../../src/entrypoints/connection/org-place.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'truenorth-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The name under which an org of a list is served, where its env file says this. */
function nameOf(name: string | null, ...lines: readonly string[]): string {
  const envFile = join(folder, 'org.env');
  const needed = [
    'TRUENORTH_SALESFORCE_LOGIN_URL=http://127.0.0.1:1',
    'TRUENORTH_SALESFORCE_CLIENT_ID=a',
    'TRUENORTH_SALESFORCE_CLIENT_SECRET=b',
  ];
  writeFileSync(envFile, [...needed, ...lines, ''].join('\n'));
  return surroundingsOf({ name, folder, envFile, now: null }, 'http').environment.orgName;
}

const SHARED = 'DATABASE_URL=postgres://truenorth@127.0.0.1/truenorth';

describe('an org of several', () => {
  it('is served under the name of the list', () => {
    expect(nameOf('north')).toBe('north');
    expect(nameOf('north', SHARED, 'TRUENORTH_ORG=north')).toBe('north');
    expect(nameOf(null, SHARED, 'TRUENORTH_ORG=south')).toBe('south');
  });

  it('is refused in a shared database whose commands would look for it under another name', () => {
    expect(() => nameOf('north', SHARED)).toThrow('TRUENORTH_ORG of that org is default');
    expect(() => nameOf('north', 'REDIS_URL=redis://127.0.0.1:1', 'TRUENORTH_ORG=south')).toThrow(
      'commands and workers would not find',
    );
  });
});
