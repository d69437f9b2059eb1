import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import {
  aCandidate,
  anAccount,
  anAssessment,
  aRow,
  assess,
  everything,
  TODAY,
  toAssess,
} from './builders.js';

const IDS = ['A1', 'A2', 'A3', 'A4', 'A5'];

export function bundlesContract(current: () => StateStore): void {
  describe('bundles', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await store.rows.save(
        'account',
        IDS.toReversed().map((id) => anAccount(id)),
      );
    });
    const all = (after: string | null, pageSize: number) =>
      store.assessments.bundles({ which: 'all', day: TODAY, after }, pageSize);

    it('come in pages, in id order, from where an earlier pass stopped', async () => {
      const sizes: number[] = [];
      for await (const page of all(null, 2)) sizes.push(page.length);
      expect(sizes).toEqual([2, 2, 1]);
      expect((await everything(all('A2', 2))).map((bundle) => bundle.account.id)).toEqual(['A3', 'A4', 'A5']);
      expect(await everything(all('A5', 2))).toEqual([]);
    });

    it('come in ranges that have no gap, each within its own ends', async () => {
      const filter = { which: 'all', day: TODAY, after: null } as const;
      const ranges = await store.assessments.ranges(filter, 2);
      expect(ranges).toEqual([
        { after: null, upTo: 'A2' },
        { after: 'A2', upTo: 'A4' },
        { after: 'A4', upTo: null },
      ]);
      const ids: (readonly string[])[] = [];
      for (const range of ranges) {
        const found = await everything(store.assessments.bundles({ ...filter, ...range }, 1));
        ids.push(found.map((bundle) => bundle.account.id));
      }
      expect(ids).toEqual([['A1', 'A2'], ['A3', 'A4'], ['A5']]);
      expect(await store.assessments.ranges(filter, 5)).toEqual([{ after: null, upTo: null }]);
      expect(await store.assessments.ranges({ ...filter, after: 'A1', upTo: 'A3' }, 1)).toEqual([
        { after: 'A1', upTo: 'A2' },
        { after: 'A2', upTo: 'A3' },
      ]);
      expect(await store.assessments.ranges({ ...filter, after: 'A5' }, 1)).toEqual([]);
      await assess(store, [anAssessment('A1'), anAssessment('A3')]);
      expect(await store.assessments.ranges({ ...filter, which: 'changed' }, 2)).toEqual([
        { after: null, upTo: 'A4' },
        { after: 'A4', upTo: null },
      ]);
    });

    it('are restated with what it adds to history, without touching what they asked for', async () => {
      await assess(store, [anAssessment('A1')], { candidates: [aCandidate('A1')] });
      const restated = anAssessment('A1', { state: { band: 'risk' }, measure: 3 });
      const moved = { account: 'A1', day: restated.day, fingerprint: 'moved', entry: { tier: 'hybrid' } };
      await store.assessments.restate([restated], [moved]);
      await store.assessments.restate([restated], [moved]);
      expect(await store.assessments.latest('A1')).toEqual(restated);
      expect(await store.assessments.history('A1', 9)).toEqual([moved]);
      expect(await everything(store.plan.candidates('r1', 'enrolment', 9))).toEqual([aCandidate('A1')]);
      expect(await toAssess(store)).toContain('A1');
    });

    it('hold the rows of their account by kind in id order, and the latest assessment', async () => {
      await store.rows.save('case', [aRow('C2', 'A2'), aRow('C1', 'A2'), aRow('C3', 'A1'), aRow('C4', null)]);
      await store.rows.save('contact', [aRow('P1', 'A2'), aRow('P2', 'not in the book')]);
      await assess(store, [anAssessment('A2', { measure: 5 })]);
      const [, bundle] = await everything(all(null, 5));
      expect(bundle).toEqual({
        account: anAccount('A2'),
        rows: { case: [aRow('C1', 'A2'), aRow('C2', 'A2')], contact: [aRow('P1', 'A2')] },
        assessed: anAssessment('A2', { measure: 5 }),
      });
      expect(await store.assessments.bundle('A2')).toEqual(bundle);
      const contacts = await store.assessments.bundlesOf(['A2', 'A9'], {
        kinds: ['contact'],
        assessed: false,
      });
      expect(contacts).toEqual([
        { account: anAccount('A2'), rows: { contact: [aRow('P1', 'A2')] }, assessed: null },
      ]);
      const latest = await store.assessments.latestOf(['A1', 'A2']);
      expect([...latest]).toEqual([['A2', anAssessment('A2', { measure: 5 })]]);
    });

    it('are null for an account that is not there', async () => {
      await store.rows.save('case', [aRow('C1', 'A9')]);
      expect(await store.assessments.bundle('A9')).toBeNull();
    });

    it('leave out assessed accounts until they change or time is due', async () => {
      await assess(store, [anAssessment('A1'), anAssessment('A2', { dueOn: TODAY + 2 }), anAssessment('A3')]);
      expect(await toAssess(store)).toEqual(['A4', 'A5']);
      expect(await toAssess(store, TODAY + 1)).toEqual(['A4', 'A5']);
      expect(await toAssess(store, TODAY + 2)).toEqual(['A2', 'A4', 'A5']);
      await store.assessments.markChanged(['A3', 'A3', 'not in the book']);
      expect(await toAssess(store)).toEqual(['A3', 'A4', 'A5']);
    });

    it('come again for accounts that asked for something, until it was applied', async () => {
      await assess(
        store,
        IDS.map((id) => anAssessment(id)),
        { run: 'r1', candidates: [aCandidate('A1'), aCandidate('A2'), aCandidate('A3')] },
      );
      expect(await toAssess(store)).toEqual(['A1', 'A2', 'A3']);
      await store.rows.save('case', [aRow('C1', 'A2')]);
      await assess(store, [anAssessment('A3')], { run: 'r2', candidates: [aCandidate('A3')] });
      await store.assessments.unmarkApplied('r1');
      expect(await toAssess(store)).toEqual(['A2', 'A3']);
      await assess(store, [anAssessment('A2')], { run: 'r2' });
      await store.assessments.unmarkApplied('r2');
      expect(await toAssess(store)).toEqual([]);
    });

    it('let their page be assessed before the next one is read', async () => {
      const seen: string[] = [];
      for await (const page of store.assessments.bundles({ which: 'changed', day: TODAY, after: null }, 2)) {
        seen.push(...page.map((bundle) => bundle.account.id));
        await assess(
          store,
          page.map((bundle) => anAssessment(bundle.account.id)),
        );
      }
      expect(seen).toEqual(IDS);
      expect(await toAssess(store)).toEqual([]);
    });

    it('do not come for an account that has gone, and come again when it returns', async () => {
      await assess(
        store,
        IDS.map((id) => anAssessment(id)),
      );
      await store.rows.remove('account', ['A1']);
      expect(await toAssess(store)).toEqual([]);
      await store.rows.save('account', [anAccount('A1')]);
      expect(await toAssess(store)).toEqual(['A1']);
    });
  });

  describe('accounts by id', () => {
    it('come together in the order asked for, each as it would come alone, without those that are not there', async () => {
      const store = current();
      await store.rows.save(
        'account',
        IDS.map((id) => anAccount(id)),
      );
      const found = await store.assessments.bundlesOf(['A3', 'nobody', 'A1']);
      expect(found).toEqual([await store.assessments.bundle('A3'), await store.assessments.bundle('A1')]);
      expect(await store.assessments.bundlesOf([])).toEqual([]);
    });
  });

  describe('finding an account', () => {
    it('goes by exact name without regard to case', async () => {
      const names = ['Åkerlund & Söner', 'ÅKERLUND & söner ', 'Åkerlund'];
      await current().rows.save(
        'account',
        names.map((name, n) => anAccount(`A${n}`, { name })),
      );
      await current().rows.save('account', [anAccount('A9', { name: null })]);
      expect(await current().assessments.find({ name: 'åkerlund & SÖNER' })).toEqual(['A0', 'A1']);
      expect(await current().assessments.find({ name: 'kerlund' })).toEqual([]);
      expect(await current().assessments.find({ name: '' })).toEqual([]);
    });

    it('follows a new name', async () => {
      await current().rows.save('account', [anAccount('A1', { name: 'Old' })]);
      await current().rows.save('account', [anAccount('A1', { name: 'New' })]);
      expect(await current().assessments.find({ name: 'old' })).toEqual([]);
      expect(await current().assessments.find({ name: 'new' })).toEqual(['A1']);
    });

    it('goes by the id in its 15 or 18 characters, where case counts', async () => {
      const ids = ['001Ab000000xYzAAAU', '001ab000000xYzAIAU'];
      await current().rows.save(
        'account',
        ids.map((id) => anAccount(id)),
      );
      expect(await current().assessments.find({ idPrefix: '001Ab000000xYzA' })).toEqual([ids[0]]);
      expect(await current().assessments.find({ idPrefix: '001ab000000xYzAIAU' })).toEqual([ids[1]]);
      expect(await current().assessments.find({ idPrefix: '001' })).toEqual(ids);
    });

    it('goes by position in id order, from 1', async () => {
      await current().rows.save(
        'account',
        IDS.map((id) => anAccount(id)),
      );
      const nth = (n: number) => current().assessments.find({ nth: n });
      expect([await nth(1), await nth(5), await nth(6), await nth(0)]).toEqual([['A1'], ['A5'], [], []]);
    });
  });
}
