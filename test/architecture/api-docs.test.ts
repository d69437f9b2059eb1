import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ENDPOINTS } from '../../src/entrypoints/http/api/index.js';

it('docs/api.md names every endpoint with its scope, and none that there is not', () => {
  const rows = readFileSync('docs/api.md', 'utf8').matchAll(/^\| `([A-Z]+) (\/[^`]+)` \| (\w+) \|/gm);
  const documented = [...rows].map(([, method, path, scope]) => `${method} ${path} ${scope}`).sort();
  const known = ENDPOINTS.map(({ method, path, scope }) => `${method.toUpperCase()} ${path} ${scope}`).sort();
  expect(documented).toEqual(known);
});
