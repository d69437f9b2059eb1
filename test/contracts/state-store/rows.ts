import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import { anAccount, anAssessment, aRow, assess, TODAY, toAssess } from './builders.js';

/** A book of two assessed accounts, A1 with one case: nothing is marked as changed. */
async function assessedBook(store: StateStore): Promise<void> {
  await store.rows.save('account', [anAccount('A1'), anAccount('A2')]);
  await store.rows.save('case', [aRow('C1', 'A1', { priority: 'high', openedAt: 5 })]);
  await assess(store, [anAssessment('A1'), anAssessment('A2')]);
}

export function rowsContract(current: () => StateStore): void {
  describe('rows', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await assessedBook(store);
    });
    const casesOf = async (account: string) =>
      ((await store.assessments.bundle(account))?.rows.case ?? []).map((row) => row.id);

    it('come back as they were saved', async () => {
      const odd = { name: 'Zoë "Ü" 日本 \u0000 💡', arr: -0.1, seats: 9e15, strategic: false, csmId: null };
      await store.rows.save('account', [
        { ...anAccount('A1', odd), stamp: 1_700_000_000_123, held: { Score__c: 61.5 } },
      ]);
      expect((await store.assessments.bundle('A1'))?.account).toEqual({
        id: 'A1',
        accountId: 'A1',
        stamp: 1_700_000_000_123,
        values: odd,
        held: { Score__c: 61.5 },
      });
    });

    it('of our own making are kept without marking anybody', async () => {
      const sent = { ...aRow('sent:1', 'A1', { kind: 'sent', on: TODAY }), held: null };
      expect(await store.rows.keep('engagement', [sent])).toBe(1);
      expect(await store.rows.keep('engagement', [sent])).toBe(0);
      expect(await toAssess(store)).toEqual([]);
      expect((await store.assessments.bundle('A1'))?.rows.engagement).toHaveLength(1);
    });

    it('mark their account when their content changes, and no other account', async () => {
      expect(await store.rows.save('case', [aRow('C1', 'A1', { priority: 'low', openedAt: 5 })])).toBe(1);
      expect(await toAssess(store)).toEqual(['A1']);
    });

    it('mark nobody when they are saved again unchanged, even in another order of keys or with a new stamp', async () => {
      const again = { ...aRow('C1', 'A1', { openedAt: 5, priority: 'high' }), stamp: 99 };
      expect(await store.rows.save('case', [again])).toBe(0);
      expect(await toAssess(store)).toEqual([]);
      expect((await store.assessments.bundle('A1'))?.rows.case?.[0]?.stamp).toBe(99);
    });

    it("tell whose they are, where they are somebody's", async () => {
      await store.rows.save('case', [aRow('C2', null)]);
      expect(await store.rows.accountsOf('case', ['C1', 'C2', 'none'])).toEqual(new Map([['C1', 'A1']]));
      expect(await store.rows.accountsOf('account', ['A2'])).toEqual(new Map([['A2', 'A2']]));
    });

    it('tell what was last known of the fields that we write, of accounts that are kept', async () => {
      await store.rows.save('account', [{ ...anAccount('A1'), held: { Score__c: 1, Band__c: 'risk' } }]);
      await store.rows.setHeld([{ id: 'A1', held: { Score__c: 2 } }]);
      expect(await store.rows.heldOf(['A1', 'none'])).toEqual(
        new Map([['A1', { Score__c: 2, Band__c: 'risk' }]]),
      );
    });

    it('mark their account when the CRM holds something else than before in our fields', async () => {
      expect(await store.rows.save('account', [{ ...anAccount('A2'), held: { Score__c: 1 } }])).toBe(1);
      expect(await toAssess(store)).toEqual(['A2']);
    });

    it('mark both accounts when they move', async () => {
      await store.rows.save('case', [aRow('C1', 'A2', { priority: 'high', openedAt: 5 })]);
      expect(await toAssess(store)).toEqual(['A1', 'A2']);
      expect([await casesOf('A1'), await casesOf('A2')]).toEqual([[], ['C1']]);
    });

    it('are kept without an account, and join one later', async () => {
      await store.rows.save('case', [aRow('C1', null, { priority: 'high', openedAt: 5 }), aRow('C2', null)]);
      expect(await toAssess(store)).toEqual(['A1']);
      expect(await store.rows.count('case')).toBe(2);
      await store.rows.save('case', [aRow('C2', 'A2')]);
      expect(await toAssess(store)).toEqual(['A1', 'A2']);
      expect(await casesOf('A2')).toEqual(['C2']);
    });

    it('count the last of two rows with one id in a page', async () => {
      expect(
        await store.rows.save('case', [aRow('C9', 'A1', { csat: 1 }), aRow('C9', 'A2', { csat: 2 })]),
      ).toBe(1);
      expect(await toAssess(store)).toEqual(['A2']);
      expect((await store.assessments.bundle('A2'))?.rows.case?.[0]?.values).toEqual({ csat: 2 });
    });

    it('are removed by their id alone, wherever they are', async () => {
      expect(await store.rows.remove('case', ['C1', 'C1', 'unknown'])).toBe(1);
      expect(await store.rows.count('case')).toBe(0);
      expect(await toAssess(store)).toEqual(['A1']);
    });

    it('come in any number', async () => {
      const many = Array.from({ length: 5_003 }, (_, n) => aRow(`M${n}`, n % 2 ? 'A1' : 'A2', { n }));
      expect(await store.rows.save('case', many)).toBe(5_003);
      expect(await store.rows.save('case', many)).toBe(0);
      expect((await casesOf('A1')).length).toBe(2_502);
      expect(
        await store.rows.remove(
          'case',
          many.map((row) => row.id),
        ),
      ).toBe(5_003);
    });

    it('know the newest value of an attribute', async () => {
      await store.rows.save('usage', [
        aRow('U1', 'A1', { 'odd "name"': 7.5, date: 19_990 }),
        aRow('U2', 'A1', { date: 19_999 }),
        aRow('U3', null, { date: null }),
        aRow('U4', 'A2', { date: 'not a number' }),
      ]);
      expect(await store.rows.newest('usage', 'date', TODAY)).toBe(19_999);
      expect(await store.rows.newest('usage', 'odd "name"', TODAY)).toBe(7.5);
      expect(await store.rows.newest('usage', 'absent', TODAY)).toBeNull();
      expect(await store.rows.newest('survey', 'date', TODAY)).toBeNull();
    });

    it.each([
      ['usage', 'on'],
      ['survey', 'answeredOn'],
      ['activity', 'on'],
      ['case', 'closedAt'],
    ] as const)('do not let a %s row of the future stand for the newest %s', async (kind, date) => {
      await store.rows.save(kind, [
        aRow('R1', 'A1', { [date]: TODAY - 40 }),
        aRow('R2', 'A1', { [date]: TODAY }),
        aRow('R3', 'A2', { [date]: TODAY + 1 }),
        aRow('R4', 'A2', { [date]: 'soon' }),
      ]);
      expect(await store.rows.newest(kind, date, TODAY)).toBe(TODAY);
      expect(await store.rows.newest(kind, date, TODAY - 1)).toBe(TODAY - 40);
      expect(await store.rows.newest(kind, date, TODAY - 41)).toBeNull();
      await store.rows.remove(kind, ['R2']);
      expect(await store.rows.newest(kind, date, TODAY)).toBe(TODAY - 40);
    });

    it('take over what the CRM confirmed, and mark nobody', async () => {
      await store.rows.save('account', [{ ...anAccount('A1'), held: { Score__c: 9, Tier__c: 'digital' } }]);
      await assess(store, [anAssessment('A1')]);
      await store.rows.setHeld([
        { id: 'A1', held: { Score__c: 61, Band__c: null } },
        { id: 'unknown', held: {} },
      ]);
      expect(await toAssess(store)).toEqual([]);
      expect((await store.assessments.bundle('A1'))?.account.held).toEqual({
        Score__c: 61,
        Tier__c: 'digital',
        Band__c: null,
      });
      expect(await store.rows.count('account')).toBe(2);
    });
  });

  describe('a full read', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await assessedBook(store);
      await store.rows.save('case', [aRow('C2', 'A2'), aRow('C3', null)]);
      await assess(store, [anAssessment('A2')]);
    });

    it('removes the rows that it did not see, and marks their accounts', async () => {
      await store.rows.beginFull('case', 'm1');
      await store.rows.save('case', [aRow('C1', 'A1', { priority: 'high', openedAt: 5 }), aRow('C4', 'A1')]);
      expect(await store.rows.endFull('case', 'm1')).toBe(2);
      expect(await store.rows.count('case')).toBe(2);
      expect(await toAssess(store)).toEqual(['A1', 'A2']);
    });

    it('goes by ids alone when it only reconciles', async () => {
      await store.rows.beginFull('case', 'm1');
      await store.rows.noteSeen('case', 'm1', ['C1', 'C3', 'unknown']);
      await store.rows.noteSeen('case', 'another', ['C2']);
      expect(await store.rows.endFull('case', 'm1')).toBe(1);
      expect(await toAssess(store)).toEqual(['A2']);
    });

    it('goes on under the same mark after an interruption', async () => {
      await store.rows.beginFull('case', 'm1');
      await store.rows.noteSeen('case', 'm1', ['C1', 'C2']);
      await store.rows.beginFull('case', 'm1');
      await store.rows.noteSeen('case', 'm1', ['C3']);
      expect(await store.rows.endFull('case', 'm1')).toBe(0);
    });

    it('forgets what an abandoned one has seen', async () => {
      await store.rows.beginFull('case', 'm1');
      await store.rows.noteSeen('case', 'm1', ['C1']);
      await store.rows.beginFull('case', 'm2');
      await store.rows.noteSeen('case', 'm2', ['C2', 'C3']);
      expect(await store.rows.endFull('case', 'm2')).toBe(1);
      expect((await store.assessments.bundle('A1'))?.rows.case).toBeUndefined();
    });

    it('sees nothing of an earlier one under the same name', async () => {
      await store.rows.beginFull('case', 'm1');
      await store.rows.noteSeen('case', 'm1', ['C1', 'C2', 'C3']);
      await store.rows.endFull('case', 'm1');
      await store.rows.beginFull('case', 'm1');
      expect(await store.rows.endFull('case', 'm1')).toBe(3);
    });

    it('removes nothing when it was never begun, or has ended', async () => {
      expect(await store.rows.endFull('case', 'm1')).toBe(0);
      expect(await store.rows.count('case')).toBe(3);
      expect(await toAssess(store, TODAY)).toEqual([]);
    });
  });
}
