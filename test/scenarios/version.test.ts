import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { program } from '../../src/entrypoints/cli/program.js';

it('says which version it is', async () => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  expect(await program(['--version'], { out, err, env: {} })).toBe(0);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(String(out.read())).toBe(`${version}\n`);
});
