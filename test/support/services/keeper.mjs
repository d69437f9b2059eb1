// Keeps one PostgreSQL for all test files of a run: makes it, says where it is, and takes it down when it is
// told to or when the run is gone, however that ended. Arguments: folder of the run, process id of the run.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, postgresUser } from '../../../scripts/services.mjs';

const [, , folder, run] = process.argv;
const programs = findPostgres();
const user = postgresUser();
const home = mkdtempSync(join(tmpdir(), 'truenorth-postgres-'));
const password = randomBytes(12).toString('hex');
// Nothing of it outlives the run: it may lose everything in a power cut, and be quick.
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
};

let server = null;
function end(code) {
  server?.removeAllListeners('exit');
  // An immediate shutdown: it takes its own children along.
  server?.kill('SIGQUIT');
  const gone = () => {
    rmSync(home, { recursive: true, force: true });
    process.exit(code);
  };
  if (server === null || server.exitCode !== null) gone();
  else server.once('exit', gone);
}

function fail(reason) {
  say({ failed: reason });
  end(1);
}

/** Whole or not at all: readers look at it while it is written. */
function say(answer) {
  writeFileSync(join(folder, 'postgres.json.part'), JSON.stringify(answer));
  renameSync(join(folder, 'postgres.json.part'), join(folder, 'postgres.json'));
}

function makeCluster(directory) {
  const secret = join(home, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (user) chownSync(secret, user.uid, user.gid);
  const args = [
    '-D',
    directory,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--no-sync',
    '-A',
    'scram-sha-256',
    '--pwfile',
    secret,
  ];
  // Sorted as people read where the build can, as many real databases are: what must not be so, must say so.
  const locales = [['--locale=C', '--locale-provider=icu', '--icu-locale=en'], ['--locale=C']];
  for (const locale of locales) {
    const made = spawnSync(join(programs, 'initdb'), [...args, ...locale], {
      ...user,
      cwd: home,
      encoding: 'utf8',
    });
    if (made.status === 0) return;
    rmSync(directory, { recursive: true, force: true });
    if (locale.length === 1) throw new Error(`initdb failed: ${made.stderr}`);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function startServer(directory) {
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  server = spawn(join(programs, 'postgres'), ['-D', directory, ...settings], {
    ...user,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let ready = false;
  server.stderr.on('data', (piece) => {
    if (ready) return;
    said += piece;
    ready = said.includes('ready to accept connections');
    if (ready) say({ port, password });
  });
  server.once('exit', () => fail(`postgres ended: ${said}`));
}

process.once('SIGTERM', () => end(0));
process.once('SIGINT', () => end(0));
setInterval(() => {
  try {
    process.kill(Number(run), 0);
  } catch {
    end(0);
  }
}, 500);

try {
  writeFileSync(join(folder, 'keeper.pid'), String(process.pid));
  if (user) chownSync(home, user.uid, user.gid);
  const directory = join(home, 'cluster');
  mkdirSync(directory, { mode: 0o700 });
  if (user) chownSync(directory, user.uid, user.gid);
  makeCluster(directory);
  await startServer(directory);
} catch (error) {
  fail(error.message);
}
