// `node -- scripts/load-usage.mjs`: 500 usage posts a second for a minute against the real service on SQLite, and what
// the API answers meanwhile, both beside a run of the whole book and alone; measured and printed. Ends with 1 when a
// reading that was accepted is not stored, or the other way round. Build first.
//   --accounts 20000 --rate 500 --seconds 60
import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ROOT } from './runtime.mjs';
import { startSandbox } from './sandbox-process.mjs';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return Number(at < 0 ? otherwise : process.argv[at + 1]);
};
const accounts = argument('accounts', 20_000);
const rate = argument('rate', 500);
const seconds = argument('seconds', 60);

const folder = mkdtempSync(join(tmpdir(), 'truenorth-load-'));
const envFile = join(folder, 'sandbox.env');
const launcher = join(ROOT, 'scripts', 'truenorth.mjs');
const place = ['--dir', folder, '--env-file', envFile];

function truenorth(...args) {
  const done = spawnSync(process.execPath, ['--', launcher, ...args, ...place], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

const token = (scope) =>
  JSON.parse(truenorth('tokens', 'create', '--name', scope, '--scope', scope, '--json')).token;

/** `truenorth serve`, and where it listens. */
async function serve() {
  const child = spawn(process.execPath, ['--', launcher, 'serve', '--port', '0', '--json', ...place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    const url = /"url":\s*"([^"]+)"/.exec(text)?.[1];
    if (url) return { child, url };
  }
  throw new Error('the service ended before it listened');
}

/** Posts and reads from a process of its own: its times are not ours. */
function load(task) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load', 'client.mjs'), [JSON.stringify(task)]);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => code !== 0 && reject(new Error(`the client ended with ${code}`)));
  });
}

const ask = async (path, init = {}) => {
  const answer = await fetch(url + path, {
    ...init,
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
  });
  return answer.json();
};

/** Accepted and stored, in whichever of the two places: the inbox, or the rows that a run made of it. */
function stored(phase) {
  const db = new Database(join(folder, 'var', 'service.db'), { readonly: true });
  const found = db.prepare('select count(*) as n from service_usage where id like ?').get(`${phase}-%`);
  db.close();
  return found.n;
}

const row = (cells) =>
  console.log(
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(34) : String(cell).padStart(9))).join(''),
  );
const figures = ({ p50, p95, p99, most }) => [p50, p95, p99, most].map((ms) => ms.toFixed(1));

let lost = false;
function show(phase, { usage, reads }) {
  row([`${phase}: posts`, ...figures(usage.latency)]);
  for (const [path, latency] of Object.entries(reads)) row([`${phase}: GET ${path}`, ...figures(latency)]);
  const kept = stored(phase);
  lost ||= kept !== usage.accepted || usage.failed > 0;
  const { sent, accepted, known, failed, perSecond } = usage;
  console.log(
    `${phase}: ${sent} sent (${perSecond.toFixed(0)} a second), ${accepted} accepted, ${known} known, ${failed} failed; ${kept} stored`,
  );
}

let sandbox;
let service;
let url;
let admin;
try {
  ({ sandbox } = await startSandbox({ node: process.execPath, program: launcher, envFile, accounts }));
  truenorth('init', '--yes');
  truenorth('install', '--apply');
  const usageToken = token('usage');
  admin = token('admin');
  ({ child: service, url } = await serve());
  const first = await ask('/v1/runs', { method: 'POST', body: JSON.stringify({ kind: 'plan' }) });
  await over(first.id);
  const account = (await ask('/v1/accounts?limit=1')).accounts[0].account;
  const paths = ['/v1/accounts?limit=50', `/v1/accounts/${account}`, '/v1/system', '/v1/runs'];
  const task = (phase) => ({ url, usageToken, admin, account, paths, phase, rate, seconds });
  row(['milliseconds', 'p50', 'p95', 'p99', 'most']);
  const alone = await load(task('alone'));
  show('alone', alone);
  const run = await ask('/v1/runs', { method: 'POST', body: JSON.stringify({ kind: 'sync', full: true }) });
  const beside = await load(task('beside a run'));
  show('beside a run', beside);
  const { status, stage, seconds: lasted } = await ask(`/v1/runs/${run.id}`);
  const how = lasted === null ? `under way in ${stage}` : `${status} after ${lasted} s`;
  console.log(`the run ${run.id}, when ${seconds} s of load were over: ${how}`);
  const ratio = (of) => (of(beside) / Math.max(0.1, of(alone))).toFixed(1);
  console.log(
    `p99 beside a run over p99 alone: posts ${ratio(({ usage }) => usage.latency.p99)}, ${paths
      .map((path) => `${path} ${ratio(({ reads }) => reads[path].p99)}`)
      .join(', ')}`,
  );
} finally {
  service?.kill('SIGTERM');
  await Promise.race([service && new Promise((resolve) => service.once('exit', resolve)), wait(30_000)]);
  sandbox?.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
if (lost) {
  console.error('A post failed, or what was accepted is not what is stored: see the counts above.');
  process.exitCode = 1;
}

/** Waits until the run has ended: as long as it takes to begin, then as long as it is under way. */
async function over(id) {
  for (let unknown = 0; unknown < 1_200; ) {
    const run = await ask(`/v1/runs/${id}`);
    if (run.finishedAt) return;
    if (run.id === undefined) unknown += 1;
    await wait(500);
  }
  throw new Error(`the run ${id} never began`);
}
