// A service to look at: the embedded company after some weeks of runs, with a plan that a brake holds, behind
// `truenorth serve` in a process of its own.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findNode, ROOT } from './runtime.mjs';
import { startSandbox } from './sandbox-process.mjs';

const ACCOUNTS = 400;
/** Days on which the company was synced before; the day of the servers is the last. */
const DAYS = ['2026-10-12', '2026-10-27', '2026-11-11', '2026-11-23'];
const NOW = '2026-11-26T08:00:00Z';

export const ADA = { name: 'ada', password: 'lanterns over the northern sea' };

/** Starts it all; `close` ends the processes and takes the folder away. */
export async function startConsoleService() {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-console-'));
  const envFile = join(folder, 'sandbox.env');
  const node = findNode();
  const program = join(ROOT, 'dist', 'entrypoints', 'cli', 'main.js');
  const { sandbox, salesforce } = await startSandbox({
    node,
    program,
    envFile,
    accounts: ACCOUNTS,
    now: NOW,
  });
  const launcher = ['--', join(ROOT, 'scripts', 'truenorth.mjs')];
  const place = ['--dir', folder, '--env-file', envFile];
  const truenorth = (args, typed) => run(node, [...launcher, ...args, ...place], typed);
  await truenorth(['init', '--yes']);
  await truenorth(['install', '--apply']);
  for (const day of DAYS) await truenorth(['sync', '--apply', '--now', `${day}T08:00:00Z`]);
  await truenorth(['users', 'add', ADA.name, '--scope', 'admin'], `${ADA.password}\n`);
  brakeSoon(folder);
  await refuseRisk(salesforce);
  const { url, server } = await serve(node, [...launcher, 'serve', '--port', '0', '--json', ...place]);
  const close = () => {
    server.kill('SIGTERM');
    sandbox.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, close };
}

/** Exit codes 3 and 4 say that records were refused, or that a brake held: both belong to an ordinary life. */
function run(node, args, typed = '') {
  return new Promise((resolve, reject) => {
    const child = execFile(node, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null || [3, 4].includes(error.code)) resolve(stdout);
      else reject(new Error(`${args.at(2)} ended with ${error.code}: ${stderr || stdout}`));
    });
    child.stdin.end(typed);
  });
}

/** The next plan is held, however calm the company's day is. */
function brakeSoon(folder) {
  const file = join(folder, 'config', 'engagement.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/share: 10 %/, 'share: 1 %').replace(/atLeast: 50/, 'atLeast: 5'));
}

/** A validation rule of the org's own: some records will be refused. */
async function refuseRisk({ url }) {
  const validation = {
    name: 'Frozen',
    field: 'Truenorth_Band__c',
    operator: '=',
    value: 'risk',
    message: 'No account may be at risk before the board meets',
  };
  const answer = await fetch(`${url}/__sandbox/rules`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ object: 'Account', validation }),
  });
  if (!answer.ok) throw new Error(`the rule was not taken: ${answer.status}`);
}

/** The first whole JSON on its output says where it listens; log lines stand beside it. */
async function serve(node, args) {
  const server = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const url = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /"url": "([^"]+)"/.exec(line)?.[1];
      if (found) resolve(found);
    });
    server.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return { url, server };
}
