// Workers as processes that are killed, and a run that they are asked for.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../runtime.mjs';
import { ORG } from './company.mjs';
import { rowsOf } from './servers.mjs';

/**
 * N workers. `killOne` takes the next in turn, without a word, and starts another in its place; not while one is still
 * starting, so that on a slow machine, too, all but one are at work.
 */
export function startCrew({ node, program, company, size }) {
  const start = (name) => {
    const args = ['--', program, 'worker', ...company.place];
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(join(company.folder, `worker-${name}.log`), { flags: 'a' });
    const worker = { child, works: false, from: performance.now(), startMs: 0 };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (said) => {
        if (!worker.works && String(said).includes('Working until interrupted'))
          Object.assign(worker, { works: true, startMs: performance.now() - worker.from });
        log.write(said);
      });
    return worker;
  };
  const workers = Array.from({ length: size }, (_, at) => start(at + 1));
  let kills = 0;
  return {
    kills: () => kills,
    /** The longest that one of them took to start: on a busy machine everything takes as much longer. */
    startMs: () => Math.max(...workers.map(({ startMs }) => startMs)),
    /** Once all of them are at work. */
    ready: async () => {
      while (workers.some(({ works }) => !works)) await wait(50);
    },
    killOne: async () => {
      for (const { child } of workers) requireAlive(child);
      if (workers.some(({ works }) => !works)) return false;
      const at = kills % size;
      kills += 1;
      await ended(workers[at].child, 'SIGKILL');
      workers[at] = start(at + 1);
      return true;
    },
    /** How each of them ends when it is asked to. */
    stop: () => Promise.all(workers.map(({ child }) => ended(child, 'SIGTERM'))),
    killAll: () => {
      for (const { child } of workers) child.kill('SIGKILL');
    },
  };
}

function requireAlive({ exitCode, signalCode }) {
  const how = exitCode ?? signalCode;
  if (how !== null) throw new Error(`a worker ended by itself with ${how}`);
}

async function ended(worker, signal) {
  requireAlive(worker);
  const exit = once(worker, 'exit');
  worker.kill(signal);
  return (await exit)[0];
}

const built = (...path) => import(pathToFileURL(join(ROOT, 'dist', ...path)).href);

/** Asks for one run through the queue, as the service does. */
export async function askForRun(redisUrl, { runId, apply }) {
  const { bullQueue, USUAL_BULL_SETTINGS } = await built('adapters', 'queue', 'bull', 'index.js');
  const { USUAL_JOB_PATIENCE } = await built('ports', 'job-retry.js');
  const { runJob } = await built('service', 'run-order.js');
  const { WHOLE_RUN } = await built('sync', 'context.js');
  const quiet = () => undefined;
  const queue = bullQueue({
    url: redisUrl,
    settings: { ...USUAL_BULL_SETTINGS, prefix: `truenorth:${ORG}` },
    clock: { now: Date.now, sleep: wait },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    patience: USUAL_JOB_PATIENCE,
    random: Math.random,
  });
  await queue.add(runJob({ runId, apply, parts: WHOLE_RUN, trigger: 'user:proof' }, runId));
  await queue.close();
}

/** How a run stands; null before it began. */
export async function runOf({ databaseUrl }, runId) {
  const [run] = await rowsOf(
    databaseUrl,
    `select status, stage, report from truenorth_${ORG}.runs where id = $1`,
    [runId],
  );
  return run ?? null;
}

/** Waits until a run has ended, however that was; `meanwhile` is told how it stands. */
export async function untilOver(company, runId, meanwhile = async () => undefined) {
  for (;;) {
    const run = await runOf(company, runId);
    if (run !== null && run.status !== 'running') return run;
    await meanwhile(run);
    await wait(250);
  }
}
