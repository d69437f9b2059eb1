import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import { aCandidate, anAccount, anAssessment, anEntry, assess, everything, TODAY } from './builders.js';

export function assessmentsContract(current: () => StateStore): void {
  describe('assessments', () => {
    let store: StateStore;
    beforeEach(() => {
      store = current();
    });

    it('replace the one before', async () => {
      await store.rows.save('account', [anAccount('A1')]);
      await assess(store, [anAssessment('A1', { dueOn: 5, measure: 1 })]);
      const next = anAssessment('A1', {
        day: TODAY + 1,
        state: [1, { a: null }],
        base: 'b',
        result: null,
        measure: 2.5,
      });
      await assess(store, [next]);
      expect((await store.assessments.bundle('A1'))?.assessed).toEqual(next);
      expect(await store.assessments.count()).toBe(1);
    });

    it('are remembered of an account that has left the CRM', async () => {
      await store.rows.save('account', [anAccount('A1')]);
      await assess(store, [anAssessment('A1'), anAssessment('A2')]);
      await store.rows.remove('account', ['A1']);
      expect(await store.assessments.bundle('A1')).toBeNull();
      expect(await store.assessments.latest('A1')).toEqual(anAssessment('A1'));
      expect(await store.assessments.latest('A9')).toBeNull();
    });

    it('append to history, newest first, and the same entry only once', async () => {
      await assess(store, [], { history: [anEntry('A1'), anEntry('A2')] });
      await assess(store, [], { history: [anEntry('A1', { fingerprint: 'f2' }), anEntry('A1')] });
      await assess(store, [], {
        history: [anEntry('A1', { day: TODAY - 1 }), anEntry('A1', { day: TODAY + 1 })],
      });
      const history = await store.assessments.history('A1', 3);
      expect(history.map((entry) => [entry.day - TODAY, entry.fingerprint])).toEqual([
        [1, 'f1'],
        [0, 'f2'],
        [0, 'f1'],
      ]);
      expect(history[0]?.entry).toEqual({ score: 61 });
    });

    it('tell of history since a position, of all accounts, in the order in which it came', async () => {
      expect(await store.assessments.historyEnd()).toBe(0);
      expect(await store.assessments.historySince(0, 9)).toEqual({ entries: [], position: 0 });
      await assess(store, [], { history: [anEntry('A2'), anEntry('A1')] });
      await assess(store, [], { history: [anEntry('A2', { day: TODAY - 1 })] });
      const first = await store.assessments.historySince(0, 2);
      expect(first.entries).toEqual([anEntry('A2'), anEntry('A1')]);
      const rest = await store.assessments.historySince(first.position, 2);
      expect(rest.entries).toEqual([anEntry('A2', { day: TODAY - 1 })]);
      expect(rest.position).toBe(await store.assessments.historyEnd());
      expect(await store.assessments.historySince(rest.position, 2)).toEqual({ ...rest, entries: [] });
    });

    it('hand over measures of accounts in the book, highest first, ties by id', async () => {
      const measures: readonly (readonly [string, number | null])[] = [
        ['A1', 10],
        ['A2', 30],
        ['A3', null],
        ['A4', 10],
        ['A5', -1.5],
        ['A6', 99],
        ['A7', 10],
      ];
      const present = measures.filter(([id]) => id !== 'A6');
      await store.rows.save(
        'account',
        present.map(([id]) => anAccount(id)),
      );
      await assess(
        store,
        measures.map(([id, measure]) => anAssessment(id, { measure })),
      );
      for (const pageSize of [1, 2, 100]) {
        const ranked = await everything(store.assessments.measures(pageSize));
        expect(ranked.map((each) => each.account)).toEqual(['A2', 'A1', 'A4', 'A7', 'A5']);
        expect(ranked[0]).toEqual({ account: 'A2', measure: 30 });
      }
      expect(await store.assessments.count()).toBe(6);
    });
  });

  describe('candidates', () => {
    let store: StateStore;
    beforeEach(() => {
      store = current();
    });
    const candidates = (run: string, pageSize = 2) =>
      everything(store.plan.candidates(run, 'enrolment', pageSize));

    it('come by order, then account, then key, in pages of any size', async () => {
      const sorted = [
        aCandidate('A2', { order: '1' }),
        aCandidate('A1', { order: '2', key: 'a' }),
        aCandidate('A1', { order: '2', key: 'b' }),
        aCandidate('A3', { order: '2', key: 'a' }),
        aCandidate('A1', { order: '3', key: 'c' }),
      ];
      await assess(store, [], { candidates: [...sorted.toReversed(), aCandidate('A1', { kind: 'tier' })] });
      for (const pageSize of [1, 2, 100]) expect(await candidates('r1', pageSize)).toEqual(sorted);
    });

    it('of an account assessed again in the run give way to its new ones', async () => {
      await assess(store, [anAssessment('A1'), anAssessment('A2')], {
        candidates: [aCandidate('A1'), aCandidate('A2')],
      });
      await assess(store, [anAssessment('A3')], { run: 'r2', candidates: [aCandidate('A3')] });
      await assess(store, [anAssessment('A1')], { candidates: [aCandidate('A1', { key: 'other' })] });
      expect((await candidates('r1')).map((each) => each.key)).toEqual(['other', 'start']);
      await assess(store, [anAssessment('A1')]);
      expect((await candidates('r1')).map((each) => each.account)).toEqual(['A2']);
      expect((await candidates('r2')).map((each) => each.account)).toEqual(['A3']);
    });

    it('are cleared run by run', async () => {
      await assess(store, [], { candidates: [aCandidate('A1')] });
      await assess(store, [], { run: 'r2', candidates: [aCandidate('A1')] });
      await store.plan.clearCandidates('r1');
      expect([await candidates('r1'), (await candidates('r2')).length]).toEqual([[], 1]);
    });
  });
}
