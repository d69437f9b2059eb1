// The real Salesforce CLI, unmodified, in a folder of its own: installed once, run without a network but loopback.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version whose calls the embedded org was held to (seen 2026-11). */
export const CLI_VERSION = '2.146.3';

/** Installs the CLI into `folder` unless it is there. Needs a package registry, once, and about 300 MB. */
export function installCli(folder) {
  const manifest = join(folder, 'node_modules', '@salesforce', 'cli', 'package.json');
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).version;
  console.log(`Installing @salesforce/cli ${CLI_VERSION} into ${folder} (a minute or two, once) …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "sf-cli-cache", "private": true }\n');
  const done = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', `@salesforce/cli@${CLI_VERSION}`],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (done.status !== 0) throw new Error('the Salesforce CLI could not be installed (see above)');
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

/** A function that runs one CLI command in `cwd`; its answer is `{ status, text, json }`. */
export function cliRunner({ folder, node, home, cwd }) {
  const program = join(folder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
  mkdirSync(home, { recursive: true });
  return (args, env = {}) => {
    const done = spawnSync(node, [program, ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      timeout: 180_000,
      env: { ...quietEnvironment(home), ...env },
    });
    return { status: done.status, text: `${done.stdout}${done.stderr}`, json: jsonIn(done.stdout) };
  };
}

/** No keychain, no telemetry, no look-ups; and no proxy, which the CLI would use even for loopback. */
function quietEnvironment(home) {
  const { PATH, TMPDIR, LANG } = process.env;
  return {
    PATH,
    ...(TMPDIR ? { TMPDIR } : {}),
    ...(LANG ? { LANG } : {}),
    HOME: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    NO_COLOR: '1',
  };
}

function jsonIn(text) {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    return null;
  }
}

/** What a failed command says: its message, or what the org had against the components. */
export function reasonIn(json) {
  const failures = [json?.result?.details?.componentFailures ?? []].flat();
  const lines = failures.map(
    ({ fullName, problem, lineNumber }) => `${fullName}, line ${lineNumber}: ${problem}`,
  );
  return lines.length > 0 ? lines.join('\n') : json?.message;
}
