// Everything a fresh clone needs before `npm run demo`, `npm test` and `npm run bench`: the packages of the
// lock file, with --build the compiled program, with --browser a browser, and with --services Redis and
// PostgreSQL. Does nothing when nothing changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, installBrowser, noBrowser } from './browser.mjs';
import { findNode, ROOT, tooOld } from './runtime.mjs';
import { installServices, missingServices, noServices } from './services.mjs';

const stamp = join(ROOT, 'node_modules', '.truenorth-setup');

function run(command, args, what) {
  const done = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (done.error) fail(`${what} could not start: ${done.error.message}`);
  if (done.status !== 0) fail(`${what} failed (see above).`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

function installPackages() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages (a minute or two the first time) …');
  // No package of ours needs an install script; none is allowed to run one.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], '`npm ci`');
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Where every check must be made, what is missing is a failure; elsewhere it is said, and left out. */
function missing(sentence) {
  if (process.env.CI === 'true') fail(sentence);
  console.warn(sentence);
}

installPackages();
const node = findNode();
if (node === null) fail(tooOld());
if (process.argv.includes('--build')) {
  run(node, [join(ROOT, 'scripts', 'build.mjs')], 'The build');
}
if (process.argv.includes('--browser') && findBrowser() === null && !installBrowser()) missing(noBrowser());
if (process.argv.includes('--services')) {
  installServices();
  const absent = missingServices();
  if (absent.length > 0) missing(noServices(absent));
}
