// Proof that any number of workers make one run, whoever is killed meanwhile, with real processes and servers:
//   node scripts/prove-workers.mjs [--accounts 50000] [--workers 3] [--kill-every 4] [--redis-after 15] [--keep] [--json]
// Asks for one run, kills a worker with -9 every few seconds and Redis once, and checks from outside what came of it:
// complete, each account written once, nobody enrolled twice, no more requests than allowed, nothing left for a second
// run, and the same plan as one worker makes of the same book undisturbed. Exit code 0 only then.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findNode, ROOT, tooOld } from './runtime.mjs';
import { differences, faultsOf, figuresOf, planOf } from './workers/checks.mjs';
import { startCompany } from './workers/company.mjs';
import { askForRun, startCrew, untilOver } from './workers/crew.mjs';
import { startPostgres, startRedis } from './workers/servers.mjs';

const { values: flags } = parseArgs({
  options: {
    accounts: { type: 'string', default: '50000' },
    workers: { type: 'string', default: '3' },
    'kill-every': { type: 'string', default: '4' },
    'redis-after': { type: 'string', default: '15' },
    program: { type: 'string', default: join(ROOT, 'dist', 'entrypoints', 'cli', 'main.js') },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const REDIS_DOWN_MS = 1_000;
const RUN = '20261120-1000-0001';
const SECOND_RUN = '20261120-1001-0002';

const node = findNode();
if (node === null) throw new Error(tooOld());
const accounts = Number(flags.accounts);
const work = mkdtempSync(join(tmpdir(), 'truenorth-workers-'));
const say = (line) => (flags.json ? process.stderr : process.stdout).write(`${line}\n`);
const stops = [];
// Whoever interrupts us leaves nothing running.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  const postgres = await startPostgres(join(work, 'postgres'));
  stops.push(postgres.stop);
  const many = await proven(postgres, { name: 'many', size: Number(flags.workers), disturbed: true });
  const one = await proven(postgres, { name: 'one', size: 1, disturbed: false });
  const apart = differences(many.plan, one.plan);
  if (apart.count > 0) say(`the plans differ in ${apart.count} lines:\n${apart.shown.join('\n')}`);
  const faults = [...many.faults, ...one.faults, ...(apart.count > 0 ? ['the plans differ'] : [])];
  for (const fault of faults.slice(0, 12)) say(`WRONG: ${fault}`);
  if (flags.json) console.log(JSON.stringify({ faults, many: many.told, one: one.told }));
  say(faults.length === 0 ? 'All as it should be.' : `${faults.length} things are wrong.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  for (const stop of stops.toReversed()) await stop();
  if (flags.keep) say(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}

/** One company, one run of it, and what came of that. */
async function proven(postgres, { name, size, disturbed }) {
  const folder = join(work, name);
  const redis = await startRedis(join(work, `redis-${name}`));
  const databaseUrl = await postgres.database(name);
  const start = { node, program: flags.program, folder, accounts, databaseUrl, redisUrl: redis.url };
  const company = await startCompany(start);
  const crew = startCrew({ node, program: flags.program, company, size });
  process.on('exit', crew.killAll);
  stops.push(redis.stop, company.stop, crew.killAll);
  say(`${name}: ${accounts} accounts, ${size} workers`);
  await crew.ready();
  const from = performance.now();
  await askForRun(redis.url, { runId: RUN, apply: true });
  const run = await untilOver(company, RUN, disturbed ? disturbance(crew, redis, from) : undefined);
  const seconds = (performance.now() - from) / 1000;
  const figures = await figuresOf(company, RUN);
  const faults = faultsOf(run, figures);
  await askForRun(redis.url, { runId: SECOND_RUN, apply: false });
  const second = await untilOver(company, SECOND_RUN);
  const left = await planOf(company, SECOND_RUN);
  if (second.status !== 'done') faults.push(`the second run ended as ${second.status}: ${second.report}`);
  if (left.length > 0) faults.push(`a second run still plans ${left.length} items, first ${left[0]}`);
  await crew.ready();
  const exits = await crew.stop();
  if (exits.some((exit) => exit !== 0)) faults.push(`workers ended with ${exits.join(', ')} when asked to`);
  company.stop();
  return { faults, plan: await planOf(company, RUN), told: tell(name, { seconds, crew, figures }) };
}

/** Kills in turn, and Redis once. */
function disturbance(crew, redis, from) {
  const everyMs = Number(flags['kill-every']) * 1000;
  const redisAfterMs = Number(flags['redis-after']) * 1000;
  let lastKill = from;
  let redisFell = false;
  let stage = null;
  return async (run) => {
    const now = performance.now();
    if (run !== null && run.stage !== stage) {
      stage = run.stage;
      say(`  ${((now - from) / 1000).toFixed(1)} s: ${stage}, ${crew.kills()} kills`);
    }
    if (!redisFell && now - from >= redisAfterMs) {
      redisFell = true;
      say(`  ${((now - from) / 1000).toFixed(1)} s: Redis falls`);
      await redis.restart(REDIS_DOWN_MS);
    }
    if (now - lastKill >= Math.max(everyMs, 2 * crew.startMs()) && (await crew.killOne())) lastKill = now;
  };
}

function tell(name, { seconds, crew, figures }) {
  const { written, calls, additions, enrolments, pieces, items } = figures;
  const told = {
    seconds: Math.round(seconds),
    kills: crew.kills(),
    pieces: pieces.reduce((total, stage) => total + stage.pieces, 0),
    takings: pieces.reduce((total, stage) => total + stage.takings, 0),
    calls,
    accountsWritten: written.records,
    writes: written.writes,
    listAdditions: additions.length,
    enrolments: enrolments.length,
  };
  say(`${name}: ${JSON.stringify(told)}`);
  for (const stage of pieces)
    say(`  ${stage.stage}: ${stage.pieces} pieces, ${stage.takings} takings, ${stage.holders} holders`);
  for (const { kind, status, count } of items) say(`  plan: ${count} ${kind} ${status}`);
  return told;
}
