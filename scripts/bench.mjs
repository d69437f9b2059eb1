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

function row(title, report, floor) {
  const { poll = 0, ...calls } = report.calls.salesforce;
  const sent = Object.values(calls).reduce((sum, count) => sum + count, 0);
  console.log(
    `${title.padEnd(26)} ${String(report.accounts.read).padStart(9)} ${String(report.accounts.assessed).padStart(9)} ${String(report.changes.records).padStart(9)} ${String(sent).padStart(7)} ${String(floor).padStart(7)} ${String(poll).padStart(6)} ${String(report.peakMemoryMb).padStart(8)} ${String(report.seconds).padStart(8)}`,
  );
  console.log(`  ${JSON.stringify(report.calls.salesforce)}`);
}

const port = 43_117;
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
  console.log(
    'run                             read  assessed   written   calls   least  polls  peak MB  seconds',
  );
  const objects = 3;
  const sizes = [accounts, 2 * accounts, 3 * accounts];
  // token, org, describe, row counts
  const start = 4;
  const first = JSON.parse(truenorth('sync', '--apply', '--json'));
  row(
    'first',
    first,
    start + sizes.reduce((sum, rows) => sum + least(rows), 0) + leastWrites(first.changes.records),
  );
  // token, org, describe; a page per object; the echo of our own writes in bulk
  const second = JSON.parse(truenorth('sync', '--apply', '--json'));
  row(
    'again, reading its echo',
    second,
    3 + objects + (accounts > 10_000 ? 2 : Math.ceil(accounts / PAGE) - 1),
  );
  for (const title of ['an hour later', 'another hour later']) {
    await fetch(`http://127.0.0.1:${port}/__sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: 3_600_000 }),
    });
    row(title, JSON.parse(truenorth('sync', '--apply', '--json')), 3 + objects);
  }
  console.log(`nothing changed: at most one call an object, plus five = ${objects + 5}`);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
