import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import { anItem, everything } from './builders.js';

export function planContract(current: () => StateStore): void {
  describe('the plan', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await store.plan.add(
        'r1',
        [5, 3, 1, 2, 4].map((seq) => anItem(seq)),
      );
      await store.plan.add('r1', [anItem(6, { kind: 'refusal', detail: null })]);
      await store.plan.add('r2', [anItem(1)]);
    });
    const planned = async (run = 'r1') =>
      everything(store.plan.items(run, { kind: 'field', status: 'planned' }, 2));

    it('lists items of a run by kind and status in their order', async () => {
      expect(await planned()).toEqual([1, 2, 3, 4, 5].map((seq) => anItem(seq)));
      const refusals = await everything(store.plan.items('r1', { kind: 'refusal', status: 'planned' }, 9));
      expect(refusals).toEqual([anItem(6, { kind: 'refusal', detail: null })]);
    });

    it('is cut into ranges, whose items are listed alone', async () => {
      const filter = { kind: 'field', status: 'planned' } as const;
      const ranges = await store.plan.ranges('r1', filter, 2);
      expect(ranges).toEqual([
        { from: 1, upTo: 2 },
        { from: 3, upTo: 4 },
        { from: 5, upTo: 5 },
      ]);
      const seqs: (readonly number[])[] = [];
      for (const range of ranges) {
        const found = await everything(store.plan.items('r1', { ...filter, range }, 1));
        seqs.push(found.map(({ seq }) => seq));
      }
      expect(seqs).toEqual([[1, 2], [3, 4], [5]]);
      expect(await store.plan.ranges('r1', filter, 5)).toEqual([{ from: 1, upTo: 5 }]);
      expect(await store.plan.ranges('r9', filter, 5)).toEqual([]);
    });

    it('lets go of what is only planned', async () => {
      await store.plan.setStatus('r1', [{ seq: 1, status: 'intended' }]);
      await store.plan.clearPlanned('r1');
      expect(await store.plan.counts('r1')).toEqual([{ kind: 'field', status: 'intended', count: 1 }]);
      expect(await planned('r2')).toEqual([anItem(1)]);
    });

    it('is removed as a whole, whatever came of it, and no other with it', async () => {
      await store.plan.setStatus('r1', [{ seq: 1, status: 'done' }]);
      await store.plan.remove('r1');
      expect(await store.plan.counts('r1')).toEqual([]);
      expect(await planned('r2')).toEqual([anItem(1)]);
    });

    it('is looked at in pages, whole or by kind and status', async () => {
      const items = [anItem(3), anItem(1), anItem(2, { kind: 'refusal', key: 'e/s/p' }), anItem(12)];
      await store.plan.add('r7', items);
      await store.plan.setStatus('r7', [{ seq: 3, status: 'done' }]);
      const all = { kind: null, status: null };
      const first = await store.plan.page('r7', all, { after: null, limit: 3 });
      expect(first.map(({ seq, kind, status }) => [seq, kind, status])).toEqual([
        [1, 'field', 'planned'],
        [2, 'refusal', 'planned'],
        [3, 'field', 'done'],
      ]);
      expect(await store.plan.page('r7', all, { after: 3, limit: 3 })).toEqual([
        { ...anItem(12), status: 'planned' },
      ]);
      const done = { kind: 'field', status: 'done' } as const;
      expect((await store.plan.page('r7', done, { after: null, limit: 9 })).map(({ seq }) => seq)).toEqual([
        3,
      ]);
      expect(await store.plan.page('r8', all, { after: null, limit: 9 })).toEqual([]);
    });

    it('moves items to the status of their outcome, while they are being listed', async () => {
      const met: number[] = [];
      for await (const page of store.plan.items('r1', { kind: 'field', status: 'planned' }, 2)) {
        met.push(...page.map((item) => item.seq));
        await store.plan.setStatus(
          'r1',
          page.map(({ seq }) => ({ seq, status: seq === 3 ? 'rejected' : 'done' })),
        );
      }
      expect(met).toEqual([1, 2, 3, 4, 5]);
      await store.plan.setStatus('r1', [{ seq: 99, status: 'done' }]);
      expect(await planned('r2')).toEqual([anItem(1)]);
      const counts = await store.plan.counts('r1');
      expect(counts).toEqual([
        { kind: 'field', status: 'done', count: 4 },
        { kind: 'field', status: 'rejected', count: 1 },
        { kind: 'refusal', status: 'planned', count: 1 },
      ]);
    });

    it('takes the last of two outcomes of one item', async () => {
      await store.plan.setStatus('r1', [
        { seq: 1, status: 'done' },
        { seq: 1, status: 'unclear' },
      ]);
      expect((await planned()).map((item) => item.seq)).toEqual([2, 3, 4, 5]);
      expect(await store.plan.counts('r1')).toContainEqual({ kind: 'field', status: 'unclear', count: 1 });
    });

    it('made again replaces what is only planned, and leaves what has begun', async () => {
      await store.plan.setStatus('r1', [{ seq: 1, status: 'done' }]);
      await store.plan.add('r1', [anItem(1, { key: 'new' }), anItem(2, { key: 'new' })]);
      expect((await planned()).map((item) => item.key)).toEqual(['new', 'Score__c', 'Score__c', 'Score__c']);
      expect(await everything(store.plan.items('r1', { kind: 'field', status: 'done' }, 9))).toEqual([
        anItem(1),
      ]);
    });

    it('holds leavings and what is carried over apart from enrolments', async () => {
      const items = (['leave', 'carry', 'enrolment'] as const).map((kind, n) => anItem(7 + n, { kind }));
      await store.plan.add('r1', items);
      for (const item of items)
        expect(await everything(store.plan.items('r1', { kind: item.kind, status: 'planned' }, 2))).toEqual([
          item,
        ]);
    });

    it('is empty for a run that has none', async () => {
      expect([await planned('r9'), await store.plan.counts('r9')]).toEqual([[], []]);
    });
  });
}
