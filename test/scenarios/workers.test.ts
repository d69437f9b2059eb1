import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { describeWith } from '../support/services.js';

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'prove-workers.mjs');

interface Told {
  readonly kills: number;
  readonly accountsWritten: number;
  readonly enrolments: number;
  readonly listAdditions: number;
}

interface Proof {
  readonly faults: readonly string[];
  readonly many: Told;
  readonly one: Told;
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGTERM');
});

/** What the proof found, with processes, servers and kills of its own. */
async function proof(...flags: readonly string[]): Promise<Proof> {
  const child = spawn(process.execPath, [SCRIPT, '--json', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (piece) => {
    said.out += piece;
  });
  child.stderr.on('data', (piece) => {
    said.err += piece;
  });
  await new Promise((resolve) => child.once('close', resolve));
  running.delete(child);
  if (said.out === '') throw new Error(`The proof broke off: ${said.err}`);
  return JSON.parse(said.out);
}

describeWith('redis', 'postgres')('Workers that share one run', () => {
  it('make it whole though one after the other is killed, and Redis, too: each thing once, as one worker does', async () => {
    const size = ['--accounts', '300', '--workers', '3'];
    const { faults, many, one } = await proof(...size, '--kill-every', '2', '--redis-after', '3');
    expect(faults).toEqual([]);
    expect(many.kills).toBeGreaterThan(0);
    expect(many.accountsWritten).toBe(300);
    expect(many.enrolments + many.listAdditions).toBeGreaterThan(100);
    const { accountsWritten, enrolments, listAdditions } = one;
    expect(many).toMatchObject({ accountsWritten, enrolments, listAdditions });
  }, 600_000);
});
