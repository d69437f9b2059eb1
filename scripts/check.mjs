// `npm test`: every check there is, in the order in which a mistake is cheapest to find.
// Ends with one line of counts. Name a check (`npm test -- types`) to run only that.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findNode, ROOT, tooOld } from './runtime.mjs';

const node = findNode();
if (node === null) {
  console.error(tooOld());
  process.exit(1);
}
const bin = (path) => join(ROOT, 'node_modules', ...path.split('/'));
const CHECKS = [
  ['types', [bin('typescript/bin/tsc'), '--noEmit']],
  ['lint', [bin('@biomejs/biome/bin/biome'), 'ci', '.']],
  [
    'layers',
    [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), 'src', '--config', '.dependency-cruiser.mjs'],
  ],
  ['unused', [bin('knip/bin/knip.js')]],
  [
    'tests',
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest/bin/jest.js'), '--ci'],
  ],
  ['pages', [join(ROOT, 'scripts', 'check-pages.mjs')]],
  ['console', [join(ROOT, 'scripts', 'check-console.mjs')]],
  ['program', [join(ROOT, 'scripts', 'check-program.mjs')]],
];

const asked = process.argv.slice(2);
const chosen = asked.length === 0 ? CHECKS : CHECKS.filter(([name]) => asked.includes(name));
let failed = 0;
for (const [name, args] of chosen) {
  console.log(`\n── ${name}`);
  const done = spawnSync(node, args, { cwd: ROOT, stdio: 'inherit' });
  if (done.status !== 0) {
    failed += 1;
    console.error(`── ${name} failed`);
  }
}
console.log(`\nchecks: ${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
