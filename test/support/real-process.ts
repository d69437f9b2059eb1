import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The built command as a process of its own, which can be killed. */
export interface RealProcess {
  readonly kill: () => void;
  /** Asks it politely to end. */
  readonly stop: () => void;
  /** Resolves when the error stream has said it; never, when it does not. */
  readonly says: (words: RegExp) => Promise<void>;
  readonly ended: Promise<{ readonly exit: number | null; readonly out: string; readonly err: string }>;
}

export function startTruenorth(...args: readonly string[]): RealProcess {
  if (!existsSync(join(ROOT, 'dist', 'entrypoints', 'cli', 'main.js')))
    throw new Error('Build first: npm run build (npm test does it by itself).');
  const child = spawn(process.execPath, ['--', join(ROOT, 'scripts', 'truenorth.mjs'), ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  const listeners = new Set<() => void>();
  child.stdout.on('data', (piece) => {
    texts.out += piece;
  });
  child.stderr.on('data', (piece) => {
    texts.err += piece;
    for (const listener of listeners) listener();
  });
  return {
    kill: () => child.kill('SIGKILL'),
    stop: () => child.kill('SIGTERM'),
    says: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (words.test(texts.err)) resolve();
        };
        listeners.add(look);
        look();
      }),
    ended: endOf(child, texts),
  };
}

function endOf(child: ChildProcess, texts: { readonly out: string; readonly err: string }) {
  return new Promise<Awaited<RealProcess['ended']>>((resolve) => {
    child.once('close', (exit) => resolve({ exit, ...texts }));
  });
}
