import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore, StoredRow } from '../../../src/ports/state-store.js';
import { anAccount, anAssessment, aRow, assess, toAssess } from './builders.js';

const sentRow = (id: string, account: string, stamp = 10): StoredRow => ({
  ...aRow(`sent:s1:${id}`, account, { on: 19_990, count: 3 }),
  stamp,
});

export function sentContract(current: () => StateStore): void {
  describe('rows that were sent', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await store.rows.save('account', [anAccount('A1'), anAccount('A2')]);
      await assess(store, [anAssessment('A1'), anAssessment('A2')]);
    });
    const usageOf = async (account: string) =>
      ((await store.assessments.bundle(account))?.rows.usage ?? []).map((row) => row.id);

    it('belong to their account like any other, and mark it when they say something new', async () => {
      expect(await store.sent.save('usage', [sentRow('1', 'A1')])).toEqual({ differing: 1, strangers: [] });
      expect(await toAssess(store)).toEqual(['A1']);
      expect(await usageOf('A1')).toEqual(['sent:s1:1']);
      expect(await store.sent.save('usage', [sentRow('1', 'A1')])).toEqual({ differing: 0, strangers: [] });
      expect(await store.rows.newest('usage', 'on', 20_000)).toBe(19_990);
    });

    it('are removed by no full read and no reconciliation, the others are', async () => {
      await store.sent.save('usage', [sentRow('before', 'A1')]);
      await store.rows.save('usage', [aRow('U1', 'A1')]);
      await store.rows.beginFull('usage', 'm');
      await store.sent.save('usage', [sentRow('meanwhile', 'A1'), sentRow('before', 'A1')]);
      await store.rows.noteSeen('usage', 'm', []);
      expect(await store.rows.endFull('usage', 'm')).toBe(1);
      await store.rows.beginFull('usage', 'next');
      await store.rows.endFull('usage', 'next');
      expect(await usageOf('A1')).toEqual(['sent:s1:before', 'sent:s1:meanwhile']);
    });

    it('wait for an account that is not kept yet, and say which', async () => {
      expect(await store.sent.save('usage', [sentRow('1', 'A3'), sentRow('2', 'A1')])).toEqual({
        differing: 2,
        strangers: ['A3'],
      });
      await store.rows.save('account', [anAccount('A3')]);
      expect(await usageOf('A3')).toEqual(['sent:s1:1']);
    });

    it('go over to the account that stays when theirs is merged away, and come there from then on', async () => {
      await store.sent.save('usage', [sentRow('1', 'A1')]);
      await store.rows.save('usage', [aRow('U1', 'A1')]);
      await assess(store, [anAssessment('A1'), anAssessment('A2')]);
      await store.persons.merge([
        { kind: 'account', loser: 'A1', winner: 'A9' },
        { kind: 'account', loser: 'A9', winner: 'A2' },
        { kind: 'contact', loser: 'A2', winner: 'A9' },
      ]);
      expect(await usageOf('A2')).toEqual(['sent:s1:1']);
      expect(await toAssess(store)).toEqual(['A2']);
      await store.rows.remove('account', ['A1']);
      expect(await store.sent.save('usage', [sentRow('2', 'A1')])).toEqual({ differing: 1, strangers: [] });
      expect(await usageOf('A2')).toEqual(['sent:s1:1', 'sent:s1:2']);
      // What the CRM's own rows belong to the CRM says.
      expect(await store.rows.count('usage')).toBe(3);
    });

    it('are let go when they are old, sooner where nobody knows their account; read rows stay', async () => {
      await store.rows.save('usage', [aRow('U1', 'A1')]);
      const rows = [sentRow('old', 'A1', 4), sentRow('young', 'A1', 9), sentRow('stranger', 'A3', 6)];
      await store.sent.save('usage', [...rows, sentRow('lately', 'A3', 8)]);
      await assess(store, [anAssessment('A1'), anAssessment('A2')]);
      expect(await store.sent.prune('usage', { all: 5, strangers: 7 })).toEqual({ old: 1, strangers: 1 });
      expect(await toAssess(store)).toEqual(['A1']);
      expect(await usageOf('A1')).toEqual(['U1', 'sent:s1:young']);
      expect(await store.rows.count('usage')).toBe(3);
    });
  });
}
