// `npm run build`: compiles src/ to dist/, and copies the files that the program hands on as they are.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './runtime.mjs';

const COPIED = [
  join('install', 'component', 'truenorthHealth'),
  join('entrypoints', 'http', 'console', 'assets'),
  join('entrypoints', 'report', 'assets'),
];

const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const done = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
if (done.status !== 0) process.exit(done.status ?? 1);
for (const folder of COPIED) {
  rmSync(join(ROOT, 'dist', folder), { recursive: true, force: true });
  cpSync(join(ROOT, 'src', folder), join(ROOT, 'dist', folder), { recursive: true });
}
