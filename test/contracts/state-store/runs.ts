import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import { aCandidate, anItem, aRun, assess, everything } from './builders.js';

export function runsContract(current: () => StateStore): void {
  let store: StateStore;
  beforeEach(() => {
    store = current();
  });

  describe('runs', () => {
    it('are replaced by id and listed newest first', async () => {
      await store.runs.save(aRun('r1', { startedAt: 1 }));
      await store.runs.save(aRun('r2', { startedAt: 3 }));
      await store.runs.save(aRun('r3', { startedAt: 2, apply: false }));
      const done = aRun('r1', { startedAt: 1, finishedAt: 9, status: 'done', stage: 'report', report: null });
      await store.runs.save(done);
      expect((await store.runs.list(9)).map((run) => run.id)).toEqual(['r2', 'r3', 'r1']);
      expect((await store.runs.list(1)).map((run) => run.id)).toEqual(['r2']);
      expect(await store.runs.get('r1')).toEqual(done);
      expect((await store.runs.get('r3'))?.apply).toBe(false);
      expect(await store.runs.get('r9')).toBeNull();
    });

    it('let go of the plans of all but the latest twenty, except of one still running', async () => {
      const ids = Array.from({ length: 23 }, (_, n) => `r${String(n).padStart(2, '0')}`);
      for (const [n, id] of ids.entries()) {
        await store.plan.add(id, [anItem(1)]);
        await assess(store, [], { run: id, candidates: [aCandidate('A1')] });
        const finished = n === 1 ? {} : { finishedAt: n, status: 'done' as const };
        await store.runs.save(aRun(id, { startedAt: n, ...finished }));
      }
      const kept = await Promise.all(ids.map(async (id) => (await store.plan.counts(id)).length));
      expect(kept).toEqual([0, 1, 0, ...Array(20).fill(1)]);
      expect(await everything(store.plan.candidates('r00', 'enrolment', 9))).toEqual([]);
      expect((await store.runs.list(99)).length).toBe(23);
    });
  });

  describe('notes', () => {
    it('keep any JSON value by name', async () => {
      const values = [{ a: [1, null, 'ü'] }, 'text', 0, false, null];
      for (const value of values) {
        await store.notes.set('cursor', value);
        expect(await store.notes.get('cursor')).toEqual(value);
      }
    });

    it('are null when there is none', async () => {
      await store.notes.set('cursor', 1);
      await store.notes.remove('cursor');
      await store.notes.remove('never');
      expect([await store.notes.get('cursor'), await store.notes.get('never')]).toEqual([null, null]);
    });
  });

  describe('a lease', () => {
    it('is held by one at a time, until its time is over', async () => {
      expect(await store.leases.take('org', 'a', 1_000, 100)).toEqual({ fence: 1 });
      expect(await store.leases.take('org', 'b', 1_099, 100)).toBeNull();
      expect(await store.leases.take('org', 'a', 1_099, 100)).toBeNull();
      expect(await store.leases.take('other', 'b', 1_000, 100)).toEqual({ fence: 1 });
      expect(await store.leases.take('org', 'b', 1_100, 100)).toEqual({ fence: 2 });
    });

    it('is renewed only by the holder of the newest fence', async () => {
      await store.leases.take('org', 'a', 1_000, 100);
      expect(await store.leases.renew('org', 'a', 1, 1_050, 100)).toBe(true);
      expect(await store.leases.take('org', 'b', 1_120, 100)).toBeNull();
      await store.leases.take('org', 'b', 1_150, 100);
      expect(await store.leases.renew('org', 'a', 1, 1_160, 100)).toBe(false);
      expect(await store.leases.renew('org', 'a', 2, 1_160, 100)).toBe(false);
      expect(await store.leases.renew('org', 'b', 2, 1_160, 100)).toBe(true);
      expect(await store.leases.renew('never', 'b', 1, 1_160, 100)).toBe(false);
    });

    it('given back is free at once, its fence still growing', async () => {
      await store.leases.take('org', 'a', 1_000, 100);
      await store.leases.release('org', 'b', 1);
      await store.leases.release('org', 'a', 2);
      expect(await store.leases.take('org', 'b', 1_001, 100)).toBeNull();
      await store.leases.release('org', 'a', 1);
      expect(await store.leases.renew('org', 'a', 1, 1_001, 100)).toBe(false);
      expect(await store.leases.take('org', 'a', 1_001, 100)).toEqual({ fence: 2 });
      await store.leases.release('org', 'a', 1);
      expect(await store.leases.take('org', 'b', 1_002, 100)).toBeNull();
    });

    it('tells who holds it', async () => {
      expect(await store.leases.holder('org')).toBeNull();
      await store.leases.take('org', 'a', 1_000, 100);
      expect(await store.leases.holder('org')).toEqual({ holder: 'a', fence: 1, expiresAt: 1_100 });
      await store.leases.release('org', 'a', 1);
      expect(await store.leases.holder('org')).toBeNull();
    });
  });
}
