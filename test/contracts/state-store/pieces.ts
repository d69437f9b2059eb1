import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldPiece, StoredPiece } from '../../../src/ports/piece-store.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import { aRun } from './builders.js';

const FIRST = { run: 'r1', stage: 'assess', piece: '1' };

export function piecesContract(current: () => StateStore): void {
  describe('pieces of a run', () => {
    let pieces: StateStore['pieces'];
    beforeEach(async () => {
      pieces = current().pieces;
      await pieces.plan('r1', 'assess', ['2', '1', '3'].map(aPiece));
    });
    const took = async (holder: string, now: number): Promise<HeldPiece> =>
      held(await pieces.take(FIRST, holder, now, 100));
    const first = async (): Promise<StoredPiece | undefined> =>
      (await pieces.list('r1', 'assess')).find(({ piece }) => piece === '1');

    it('stand as they were planned first, in that order', async () => {
      await pieces.plan('r1', 'fields', [aPiece('9')]);
      const again = await pieces.plan('r1', 'assess', ['4', '1'].map(aPiece));
      expect(again.map(({ piece }) => piece)).toEqual(['2', '1', '3']);
      expect(again[0]).toEqual({
        ...{ run: 'r1', stage: 'assess', piece: '2', task: { of: '2' }, status: 'open', holder: null },
        ...{ fence: 0, expiresAt: 0, done: 0, total: null, note: null, result: null },
      });
      expect((await pieces.list('r1', null)).map(({ piece }) => piece)).toEqual(['2', '1', '3', '9']);
      const standing = await pieces.standing('r1', null);
      expect(standing.map(({ piece }) => piece)).toEqual(['2', '1', '3', '9']);
      expect(standing[0]).toEqual({
        ...{ run: 'r1', stage: 'assess', piece: '2', status: 'open', holder: null },
        ...{ fence: 0, expiresAt: 0, done: 0, total: null },
      });
      expect((await pieces.standing('r1', 'fields')).map(({ piece }) => piece)).toEqual(['9']);
      expect(await pieces.list('r9', null)).toEqual([]);
      expect(await pieces.plan('r2', 'assess', [])).toEqual([]);
    });

    it('are held by one at a time, until its time is over', async () => {
      expect(await pieces.take(FIRST, 'a', 1_000, 100)).toMatchObject({ fence: 1, holder: 'a' });
      expect(await pieces.take(FIRST, 'b', 1_099, 100)).toBeNull();
      expect(await pieces.take(FIRST, 'a', 1_099, 100)).toBeNull();
      expect(await pieces.take({ ...FIRST, piece: '2' }, 'a', 1_000, 100)).not.toBeNull();
      expect(await pieces.take(FIRST, 'b', 1_100, 100)).toMatchObject({ fence: 2, holder: 'b' });
      expect(await pieces.take({ ...FIRST, piece: 'none' }, 'a', 1, 1)).toBeNull();
    });

    it('are kept longer, noted upon and ended by the holder of the newest fence only', async () => {
      const lost = await took('a', 1_000);
      const mine = await took('b', 1_100);
      const progress = { done: 3, total: 9 };
      const asLost = [
        await pieces.holds(lost),
        await pieces.renew(lost, 9_000, progress),
        await pieces.note(lost, 'a note'),
        await pieces.end(lost, { status: 'done', result: 1 }),
      ];
      expect(asLost).toEqual([false, false, false, false]);
      await pieces.release(lost);
      expect([await pieces.holds(mine), await pieces.renew(mine, 9_000, progress)]).toEqual([true, true]);
      expect(await pieces.note(mine, { job: '750' })).toBe(true);
      expect(await first()).toMatchObject({ ...progress, expiresAt: 9_000, note: { job: '750' } });
      expect(await pieces.end(mine, { status: 'done', result: { read: 4 } })).toBe(true);
      expect(await first()).toMatchObject({ status: 'done', holder: 'b', result: { read: 4 } });
      expect(await pieces.end(mine, { status: 'failed', result: null })).toBe(false);
      expect(await pieces.take(FIRST, 'c', 99_000, 100)).toBeNull();
    });

    it('leave their note to whoever takes them next', async () => {
      await pieces.note(await took('a', 1_000), { job: '750' });
      expect(await pieces.take(FIRST, 'b', 1_100, 100)).toMatchObject({ note: { job: '750' } });
    });

    it('given back are open at once', async () => {
      const mine = await took('a', 1_000);
      await pieces.release(mine);
      expect(await pieces.holds(mine)).toBe(false);
      expect(await pieces.take(FIRST, 'b', 1_001, 100)).toMatchObject({ fence: 2 });
    });

    it('that failed are open again when the stage is planned again', async () => {
      const mine = await took('a', 1_000);
      await pieces.end(mine, { status: 'failed', result: { code: 'X' } });
      expect(await first()).toMatchObject({ status: 'failed', result: { code: 'X' } });
      expect(await pieces.take(FIRST, 'b', 9_000, 100)).toBeNull();
      await pieces.plan('r1', 'assess', []);
      expect(await first()).toMatchObject({ status: 'open', result: null, fence: 1 });
    });

    it('go with the plan of their run', async () => {
      for (let n = 0; n < 22; n += 1)
        await current().runs.save(aRun(`r${n}`, { startedAt: n, finishedAt: n, status: 'done' }));
      expect(await pieces.list('r1', null)).toEqual([]);
    });
  });
}

function aPiece(piece: string) {
  return { piece, task: { of: piece } };
}

function held(piece: StoredPiece | null): HeldPiece {
  if (piece?.holder == null) throw new Error('it is somebody else’s');
  const { run, stage, piece: name, holder, fence } = piece;
  return { run, stage, piece: name, holder, fence };
}
