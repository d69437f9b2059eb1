// `npm run bench`: the main job on a large book, measured and printed, never asserted.
//   npm run bench -- --accounts 100000
// The embedded servers run in a process of their own, so that memory and calls are the service's.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from './runtime.mjs';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const accounts = Number(argument('accounts', '100000'));
const without = argument('without', 'Contact,Product_Usage__c,Survey_Response__c,Task,Event');
const PAGE = 2_000; // rows in a query page
const BULK_PAGE = 100_000; // rows in a page of bulk results of the embedded org
const COLLECTION = 200;
const JOB = 100_000; // rows in an ingest job: 100 MB at about 1,000 bytes a row

const folder = mkdtempSync(join(tmpdir(), 'truenorth-bench-'));
const envFile = join(folder, 'sandbox.env');
const launcher = join(ROOT, 'scripts', 'truenorth.mjs');

function truenorth(...args) {
  const line = [launcher, ...args, '--dir', folder, '--env-file', envFile];
  const done = spawnSync(process.execPath, ['--', ...line], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0)
    throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr.slice(-2000)}`);
  return done.stdout;
}

const least = (rows) =>
  rows <= 2 * PAGE ? Math.max(1, Math.ceil(rows / PAGE)) : 1 + Math.ceil(rows / BULK_PAGE);
const leastWrites = (rows) => (rows <= 2_000 ? Math.ceil(rows / COLLECTION) : 3 * Math.ceil(rows / JOB));

/** A connection that sat idle through a run of minutes may be gone: then the second try makes a new one. */
async function ask(path, init = {}) {
  const url = `${control}${path}`;
  return fetch(url, init).catch(() => fetch(url, init));
}

/** What the server was asked since the last time, by kind: its own count, not ours. */
async function callsSince() {
  const { byKind } = await (await ask('/calls')).json();
  await ask('/calls', { method: 'DELETE' });
  const polls = Object.entries(byKind).filter(([kind]) => kind.endsWith('poll'));
  const sum = (kinds) => kinds.reduce((total, [, count]) => total + count, 0);
  return { calls: sum(Object.entries(byKind)) - sum(polls), polls: sum(polls), byKind };
}

async function run(title, floorOf) {
  await callsSince();
  const report = JSON.parse(truenorth('sync', '--apply', '--json'));
  const { calls, polls, byKind } = await callsSince();
  const { accounts: counted, changes } = report;
  const cells = [counted.read, counted.assessed, changes.records, calls, floorOf(changes.records), polls];
  const shown = [...cells, report.peakMemoryMb, report.seconds].map((cell) => String(cell).padStart(9));
  console.log(`${title.padEnd(26)}${shown.join('')}`);
  console.log(`  ${JSON.stringify(byKind)}`);
}

const port = 43_117;
const control = `http://127.0.0.1:${port}/__sandbox`;
const server = spawn(
  process.execPath,
  [
    '--',
    launcher,
    'sandbox',
    '--accounts',
    String(accounts),
    '--without',
    without,
    '--port',
    String(port),
    '--daily-requests',
    '10000000',
    '--env-file',
    envFile,
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
try {
  for (let tries = 0; !existsSync(envFile) || readFileSync(envFile, 'utf8') === ''; tries++) {
    if (tries > 600) throw new Error('the embedded servers did not start');
    await wait(200);
  }
  truenorth('init', '--yes');
  truenorth('install', '--apply');
  console.log(`${accounts} accounts, ${3 * accounts} cases, ${2 * accounts} opportunities`);
  const titles = ['read', 'assessed', 'written', 'calls', 'least', 'polls', 'peak MB', 'seconds'];
  console.log(`${'run'.padEnd(26)}${titles.map((title) => title.padStart(9)).join('')}`);
  const objects = 3;
  const reads = [accounts, 2 * accounts, 3 * accounts].reduce((sum, rows) => sum + least(rows), 0);
  const echo = accounts > 10_000 ? 2 : Math.max(1, Math.ceil(accounts / PAGE)) - 1;
  // token, org, describe, row counts; the book; what differs
  await run('first', (written) => 4 + reads + leastWrites(written));
  // token, org, describe; one page an object; the echo of our own writes, in bulk where it is long
  await run('again, reading its echo', () => 3 + objects + echo);
  for (const [title, again] of [
    ['an hour later', echo],
    ['another hour later', 0],
  ]) {
    await ask('/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: 3_600_000 }),
    });
    await run(title, () => 3 + objects + again);
  }
  console.log(`nothing changed: at most one call an object, plus five = ${objects + 5}`);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
