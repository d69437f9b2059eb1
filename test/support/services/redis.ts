import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis } from '../../../scripts/services.mjs';

/** A Redis of its own, in a folder of its own. */
export interface ARedis {
  /** `redis://127.0.0.1:port`. */
  readonly url: string;
  /** Kills it, as a power cut would, and starts it again on the same port and folder. */
  readonly restart: () => Promise<void>;
  /** Kills it and leaves it down, until `restart` or `stop`. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface RedisOptions {
  /** With true what was confirmed survives a restart; without, a restart empties it. */
  readonly appendOnly?: boolean;
}

export async function aRedis({ appendOnly = false }: RedisOptions = {}): Promise<ARedis> {
  const program = findRedis();
  if (program === null) throw new Error('There is no redis-server on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-redis-'));
  const port = await freePort();
  const durable = appendOnly ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...durable];
  const start = () => started(program, args);
  let server = await start();
  const onExit = () => server.kill('SIGKILL');
  process.on('exit', onExit);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => killed(server),
    restart: async () => {
      await killed(server);
      server = await start();
    },
    stop: async () => {
      await killed(server);
      process.off('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when it takes connections; rejects with what it said when it ends before that. */
function started(program: string, args: readonly string[]): Promise<ChildProcess> {
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Redis ended: ${said}`)));
    server.stdout.on('data', (piece) => {
      said = `${said}${piece}`.slice(-4000);
      if (said.includes('Ready to accept connections')) resolve(server);
    });
  });
}

async function killed(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      if (address === null || typeof address === 'string') reject(new Error('There is no free port.'));
      else probe.close(() => resolve(address.port));
    });
  });
}
