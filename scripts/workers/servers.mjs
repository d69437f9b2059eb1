// A PostgreSQL and a Redis of their own for one proof; both end with this process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { ROOT } from '../runtime.mjs';
import { findRedis } from '../services.mjs';

const KEEPER = join(ROOT, 'test', 'support', 'services', 'keeper.mjs');

/** A server that goes away with this process; `database` makes an empty one and gives its address. */
export async function startPostgres(folder) {
  mkdirSync(folder, { recursive: true });
  const keeper = spawn(process.execPath, [KEEPER, folder, String(process.pid)], { stdio: 'ignore' });
  const answer = join(folder, 'postgres.json');
  while (!existsSync(answer)) await wait(50);
  const { failed, port, password } = JSON.parse(readFileSync(answer, 'utf8'));
  if (failed) throw new Error(`PostgreSQL did not start. ${failed}`);
  const addressOf = (name) => `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
  return {
    database: async (name) => {
      await rowsOf(addressOf('postgres'), `create database ${name}`);
      return addressOf(name);
    },
    stop: async () => {
      const ended = once(keeper, 'exit');
      keeper.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks a database once. */
export async function rowsOf(url, text, values = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Keeps what it confirmed, whatever happens to it. */
export async function startRedis(folder) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...durable];
  let server = await startedRedis(args);
  process.on('exit', () => server.kill('SIGKILL'));
  const kill = async () => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    /** As a power cut would, and on the same folder again. */
    restart: async (downMs) => {
      await kill();
      await wait(downMs);
      server = await startedRedis(args);
    },
    stop: kill,
  };
}

function startedRedis(args) {
  const server = spawn(findRedis(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('exit', () => reject(new Error(`Redis ended: ${said}`)));
    server.stdout.on('data', (piece) => {
      said = `${said}${piece}`.slice(-4000);
      if (said.includes('Ready to accept connections')) resolve(server);
    });
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
