import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { inWorkFolder } from '../../../src/entrypoints/cli/work-folder.js';

it('a work folder is gone after its task, and after one that failed', async () => {
  const done = await inWorkFolder('truenorth-test-', async (folder) => {
    expect(existsSync(folder)).toBe(true);
    return folder;
  });
  expect(existsSync(done)).toBe(false);
  let failed = '';
  const failing = inWorkFolder('truenorth-test-', async (folder) => {
    failed = folder;
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect([existsSync(failed), failed]).toEqual([false, expect.stringContaining('truenorth-test-')]);
});
