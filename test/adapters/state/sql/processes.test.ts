import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseAddress } from '../../../../src/adapters/database/dialect.js';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import type { StateStore } from '../../../../src/ports/state-store.js';
import { everything } from '../../../contracts/state-store/builders.js';
import { type APostgres, aPostgres, describeWith } from '../../../support/services.js';
import { silentLog } from './silent-log.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function startChild(program: string, ...args: readonly string[]): ChildProcess {
  const imports = ['--disable-warning=ExperimentalWarning', '--import', here('child/typescript-imports.mjs')];
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return spawn(process.execPath, [...imports, here(`child/${program}.ts`), ...args], { stdio: [...stdio] });
}

async function withStore<T>(address: DatabaseAddress, work: (store: StateStore) => Promise<T>): Promise<T> {
  const store = await openSqlState(address, silentLog);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('in SQLite', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'truenorth-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  processesShare(() => ({ kind: 'sqlite', file: join(folder, 'state.sqlite') }));
});

describeWith('postgres')('in PostgreSQL', () => {
  let database: APostgres;
  beforeEach(async () => {
    database = await aPostgres();
  });
  afterEach(() => database.stop());

  processesShare(() => ({ kind: 'postgres', url: database.url, schema: 'truenorth_acme' }));
});

function processesShare(address: () => DatabaseAddress): void {
  describe('a process killed while it writes', () => {
    /** Lets a child write until it has confirmed `rounds` more rounds, then kills it without warning. */
    async function killedAfter(rounds: number): Promise<number> {
      const child = startChild('write-until-killed', JSON.stringify(address()));
      let confirmed = -1;
      if (!child.stdout) throw new Error('The child has no output.');
      for await (const line of createInterface(child.stdout)) {
        confirmed = Number(line);
        if (confirmed + 1 >= rounds) child.kill('SIGKILL');
      }
      return confirmed;
    }

    it.each([1, 7, 20])(
      'loses nothing that was confirmed, and leaves no half page (after %i rounds)',
      async (rounds) => {
        const last = await killedAfter(rounds);
        expect(last).toBeGreaterThanOrEqual(rounds - 1);
        const confirmed = (last + 1) * 50;
        await withStore(address(), async (store) => {
          const kept = {
            rows: await store.rows.count('account'),
            assessments: await store.assessments.count(),
            episodes: (await everything(store.episodes.list({ playbook: null, running: true }, 500))).length,
            items: (await everything(store.plan.items('r1', { kind: 'field', status: 'planned' }, 500)))
              .length,
            ledger: (await everything(store.ledger.open(500))).length,
          };
          for (const count of Object.values(kept)) {
            expect(count % 50).toBe(0);
            expect(count).toBeGreaterThanOrEqual(confirmed);
            expect(count).toBeLessThanOrEqual(confirmed + 50);
          }
          expect(await store.assessments.history(`${last}-49`, 9)).toHaveLength(1);
        });
      },
    );
  });

  describe('three processes on one state', () => {
    it('make it together, take turns by lease and lose no write of either', async () => {
      const turns = 20;
      const children = ['a', 'b', 'c'].map((holder) =>
        startChild('count-in-turns', JSON.stringify(address()), holder, String(turns)),
      );
      const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
      expect(codes).toEqual([0, 0, 0]);
      await withStore(address(), async (store) => {
        expect(await store.notes.get('count')).toBe(3 * turns);
        expect(await store.rows.count('account')).toBe(3 * turns);
        const entries = await everything(store.ledger.open(500));
        expect(entries).toHaveLength(3 * turns);
        const fences = entries.map((entry) => Number(entry.evidence)).sort((a, b) => a - b);
        expect(fences).toEqual(Array.from({ length: 3 * turns }, (_, n) => n + 1));
      });
    });
  });
}
