import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldPiece } from '../../../src/ports/piece-store.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import { aCandidate, aLedgerEntry, anAccount, anAssessment, anItem, everything, TODAY } from './builders.js';

const NAME = { run: 'r1', stage: 'assess', piece: '1' };
const LEASE = 'run:org';

export function whileHeldContract(current: () => StateStore): void {
  describe('a state in the hands of a holder', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await store.pieces.plan('r1', 'assess', [{ piece: '1', task: null }]);
    });
    const took = async (holder: string, now: number): Promise<HeldPiece> => {
      const taken = await store.pieces.take(NAME, holder, now, 100);
      return { ...NAME, holder, fence: taken?.fence ?? 0 };
    };
    const leased = async (holder: string, now: number) => {
      const lease = await store.leases.take(LEASE, holder, now, 100);
      return { name: LEASE, holder, fence: lease?.fence ?? 0 };
    };
    const assessed = (at: StateStore, score: number) =>
      at.assessments.save({
        run: 'r1',
        day: TODAY,
        assessments: [anAssessment('A1', { result: { score } })],
        history: [],
        episodes: [],
        candidates: [],
      });

    it('keeps nothing of what is written after the piece was taken over', async () => {
      const [asleep, awake] = [await took('asleep', 1_000), await took('awake', 1_100)].map((held) =>
        store.whileHeld(held),
      ) as [StateStore, StateStore];
      await assessed(awake, 61);
      const lost = { code: 'RUN_PIECE_LOST', retryable: true };
      await expect(assessed(asleep, 7)).rejects.toMatchObject(lost);
      await expect(asleep.rows.save('account', [anAccount('A9')])).rejects.toMatchObject(lost);
      await expect(asleep.rows.beginFull('account', 'm1')).rejects.toMatchObject(lost);
      await expect(asleep.ledger.write([aLedgerEntry('e/s/p')])).rejects.toMatchObject(lost);
      await expect(asleep.notes.set('n', 1)).rejects.toMatchObject(lost);
      expect(await store.assessments.latest('A1')).toMatchObject({ result: { score: 61 } });
      expect(await store.rows.count('account')).toBe(0);
      expect(await store.notes.get('n')).toBeNull();
    });

    it('keeps nothing once the piece has ended, and reads on', async () => {
      const held = await took('a', 1_000);
      const mine = store.whileHeld(held);
      await assessed(mine, 61);
      await store.pieces.end(held, { status: 'done', result: null });
      await expect(assessed(mine, 7)).rejects.toMatchObject({ code: 'RUN_PIECE_LOST' });
      expect(await mine.assessments.latest('A1')).toMatchObject({ result: { score: 61 } });
    });

    it('keeps nothing of what is written after the lease was taken or let go, with a piece in hand or not', async () => {
      const lease = await leased('asleep', 1_000);
      const leader = store.whileHeld(lease);
      const piece = leader.whileHeld(await took('asleep', 1_000));
      await leader.notes.set('n', 1);
      await piece.notes.set('n', 2);
      await leased('awake', 1_100);
      const lost = { code: 'RUN_LEASE_LOST', retryable: true };
      await expect(leader.notes.set('n', 3)).rejects.toMatchObject(lost);
      await expect(piece.notes.set('n', 4)).rejects.toMatchObject(lost);
      expect(await store.notes.get('n')).toBe(2);
    });

    it('puts items into the plan in one step with the mark that tells of them', async () => {
      const asleep = await took('asleep', 1_000);
      await store.plan.add('r1', [anItem(1)], { held: asleep, note: { upTo: 1 } });
      const mine = await took('awake', 1_100);
      const late = store.plan.add('r1', [anItem(2)], { held: asleep, note: { upTo: 2 } });
      await expect(late).rejects.toMatchObject({ code: 'RUN_PIECE_LOST' });
      const [piece] = await store.pieces.list('r1', 'assess');
      expect(piece?.note).toEqual({ upTo: 1 });
      const items = store.plan.items('r1', { kind: 'field', status: 'planned' }, 9);
      expect(await everything(items)).toEqual([anItem(1)]);
      await store.plan.add('r1', [], { held: mine, note: { upTo: 3 } });
      expect((await store.pieces.list('r1', 'assess'))[0]?.note).toEqual({ upTo: 3 });
    });

    it('lists candidates from a place on', async () => {
      const orders = ['3', '1', '2', '4'];
      const candidates = orders.map((order) => aCandidate('A1', { order, key: `k${order}` }));
      const page = { run: 'r1', day: TODAY, history: [], episodes: [] };
      await store.assessments.save({ ...page, assessments: [anAssessment('A1')], candidates });
      const after = { order: '2', account: 'A1', key: 'k2' };
      const found = await everything(store.plan.candidates('r1', 'enrolment', 1, after));
      expect(found.map(({ order }) => order)).toEqual(['3', '4']);
    });
  });
}
