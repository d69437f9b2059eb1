import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import {
  aLedgerEntry,
  aLetter,
  anAccount,
  anAssessment,
  assess,
  everything,
  TODAY,
  toAssess,
} from './builders.js';

export function enrolmentContract(current: () => StateStore): void {
  describe('the ledger', () => {
    let store: StateStore;
    beforeEach(() => {
      store = current();
    });
    const statusOf = async (key: string) => (await store.ledger.get([key])).get(key)?.status;

    it('keeps entries by key', async () => {
      const full = aLedgerEntry('k2', {
        status: 'refused',
        code: 'holdout',
        evidence: 'h < 0.1',
        recordId: '9',
        contact: null,
        made: '00T1',
        sender: null,
        touchDays: [TODAY, TODAY + 3, TODAY + 7],
        tryOn: TODAY + 8,
        leftOn: TODAY + 4,
        leftBy: 'goal',
      });
      await store.ledger.write([aLedgerEntry('k1'), full]);
      const found = await store.ledger.get(['k2', 'k1', 'k9']);
      expect([...found.keys()].sort()).toEqual(['k1', 'k2']);
      expect(found.get('k2')).toEqual(full);
    });

    it('replaces what is deferred as a whole, again and again', async () => {
      const deferred = aLedgerEntry('k1', {
        status: 'deferred',
        code: 'sender_cap',
        tryOn: TODAY + 1,
        made: '00T1',
      });
      await store.ledger.write([deferred, { ...deferred, tryOn: TODAY + 2 }]);
      expect((await store.ledger.get(['k1'])).get('k1')?.tryOn).toBe(TODAY + 2);
      await store.ledger.leave([{ key: 'k1', on: TODAY, by: 'goal' }]);
      await store.ledger.write([aLedgerEntry('k1', { day: TODAY + 2 })]);
      expect((await store.ledger.get(['k1'])).get('k1')).toEqual(aLedgerEntry('k1', { day: TODAY + 2 }));
    });

    it('notes the first leaving of a key, whatever its status, and nothing else of it', async () => {
      const kept = [aLedgerEntry('k1', { status: 'enrolled' }), aLedgerEntry('k2', { status: 'unclear' })];
      await store.ledger.write([...kept, aLedgerEntry('k3')]);
      await store.ledger.leave([
        { key: 'k1', on: TODAY + 1, by: 'goal' },
        { key: 'k9', on: TODAY + 1, by: 'goal' },
        { key: 'k1', on: TODAY + 2, by: 'replied' },
        { key: 'k2', on: TODAY + 3, by: 'churned' },
      ]);
      await store.ledger.leave([{ key: 'k2', on: TODAY + 4, by: 'stopped' }]);
      const found = await store.ledger.get(['k1', 'k2', 'k3', 'k9']);
      expect(Object.fromEntries(found)).toEqual({
        k1: { ...kept[0], leftOn: TODAY + 1, leftBy: 'goal' },
        k2: { ...kept[1], leftOn: TODAY + 3, leftBy: 'churned' },
        k3: aLedgerEntry('k3'),
      });
    });

    it('closes what was intended or unclear', async () => {
      await store.ledger.write([aLedgerEntry('k1')]);
      await store.ledger.write([aLedgerEntry('k1', { status: 'unclear' })]);
      await store.ledger.write([aLedgerEntry('k1', { status: 'enrolled', recordId: '7' })]);
      expect((await store.ledger.get(['k1'])).get('k1')).toEqual(
        aLedgerEntry('k1', { status: 'enrolled', recordId: '7' }),
      );
    });

    it.each(['enrolled', 'already', 'refused'] as const)('never overwrites what is %s', async (status) => {
      await store.ledger.write([aLedgerEntry('k1', { status })]);
      await store.ledger.write([aLedgerEntry('k1', { status: 'intended' })]);
      await store.ledger.write([aLedgerEntry('k1', { status: 'unclear' }), aLedgerEntry('k2', { status })]);
      await store.ledger.write([aLedgerEntry('k2'), aLedgerEntry('k3', { status }), aLedgerEntry('k3')]);
      expect([await statusOf('k1'), await statusOf('k2'), await statusOf('k3')]).toEqual([
        status,
        status,
        status,
      ]);
    });

    it('lists what is open by key in pages, while it is being closed', async () => {
      const keys = ['k1', 'k2', 'k3', 'k4', 'k5'];
      await store.ledger.write(
        keys.map((key) => aLedgerEntry(key, { status: key === 'k2' ? 'unclear' : 'intended' })),
      );
      await store.ledger.write([aLedgerEntry('k0', { status: 'deferred' })]);
      await store.ledger.write([aLedgerEntry('k3', { status: 'already' })]);
      const met: string[] = [];
      for await (const page of store.ledger.open(2)) {
        met.push(...page.map((entry) => entry.key));
        await store.ledger.write(page.map((entry) => ({ ...entry, status: 'enrolled' })));
      }
      expect(met).toEqual(['k1', 'k2', 'k4', 'k5']);
      expect(await everything(store.ledger.open(2))).toEqual([]);
    });
  });

  describe('dead letters', () => {
    let store: StateStore;
    beforeEach(async () => {
      store = current();
      await store.rows.save('account', [anAccount('A1'), anAccount('A2')]);
      await assess(store, [anAssessment('A1'), anAssessment('A2')]);
    });

    it('count attempts at the same content and keep their id', async () => {
      await store.deadLetters.add([aLetter('A1')]);
      const again = aLetter('A1', { id: 'newer', run: 'r2', day: TODAY + 1 });
      await store.deadLetters.add([again]);
      expect(await store.deadLetters.list(9)).toEqual([{ ...again, id: 'letter-A1', attempts: 2 }]);
    });

    it('start afresh when the content is another one', async () => {
      await store.deadLetters.add([aLetter('A1'), aLetter('A1')]);
      expect(await store.deadLetters.known(['letter-A1', 'letter-A9'])).toEqual(new Set(['letter-A1']));
      const other = aLetter('A1', { id: 'newer', content: 'c2' });
      await store.deadLetters.add([other]);
      expect(await store.deadLetters.list(9)).toEqual([{ ...other, attempts: 1 }]);
      expect(await store.deadLetters.waiting(['A1', 'A2'])).toEqual(new Map([['A1', 'c2']]));
    });

    it('list the latest day first', async () => {
      await store.deadLetters.add([aLetter('A1'), aLetter('A2', { day: TODAY + 1 }), aLetter('A0')]);
      expect((await store.deadLetters.list(2)).map((letter) => letter.record)).toEqual(['A2', 'A0']);
      expect(await store.deadLetters.count()).toBe(3);
    });

    it('end when their record is written after all', async () => {
      await store.deadLetters.add([aLetter('A1'), aLetter('A1', { object: 'Contact' }), aLetter('A2')]);
      await store.deadLetters.resolve(['A1', 'unknown']);
      expect((await store.deadLetters.list(9)).map((letter) => letter.record)).toEqual(['A2']);
    });

    it('mark their accounts when they are tried again, one or all', async () => {
      await store.deadLetters.add([aLetter('A1'), aLetter('A2'), aLetter('C1', { account: 'A2' })]);
      expect(await store.deadLetters.retry(['letter-A1', 'unknown'])).toBe(1);
      expect(await toAssess(store)).toEqual(['A1']);
      expect(await store.deadLetters.retry('all')).toBe(2);
      expect(await toAssess(store)).toEqual(['A1', 'A2']);
      expect(await store.deadLetters.retry('all')).toBe(0);
    });

    it('are let go of without another try', async () => {
      await store.deadLetters.add([aLetter('A1'), aLetter('A2')]);
      expect(await store.deadLetters.discard(['letter-A1', 'unknown'])).toBe(1);
      expect((await store.deadLetters.list(9)).map((letter) => letter.record)).toEqual(['A2']);
      expect(await toAssess(store)).toEqual([]);
    });
  });
}
