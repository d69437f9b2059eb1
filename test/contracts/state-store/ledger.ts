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
      });
      await store.ledger.write([aLedgerEntry('k1'), full]);
      const found = await store.ledger.get(['k2', 'k1', 'k9']);
      expect([...found.keys()].sort()).toEqual(['k1', 'k2']);
      expect(found.get('k2')).toEqual(full);
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
      await store.ledger.write([aLedgerEntry('k3', { status: 'already' })]);
      const met: string[] = [];
      for await (const page of store.ledger.open(2)) {
        met.push(...page.map((entry) => entry.key));
        await store.ledger.write(page.map((entry) => ({ ...entry, status: 'enrolled' })));
      }
      expect(met).toEqual(['k1', 'k2', 'k4', 'k5']);
      expect(await everything(store.ledger.open(2))).toEqual([]);
    });

    it('lists an account by day, then key', async () => {
      await store.ledger.write([
        aLedgerEntry('k1', { day: TODAY + 1 }),
        aLedgerEntry('k3'),
        aLedgerEntry('k2'),
        aLedgerEntry('k4', { account: 'A2' }),
      ]);
      expect((await store.ledger.ofAccount('A1')).map((entry) => entry.key)).toEqual(['k2', 'k3', 'k1']);
    });

    it('lists what a playbook did for persons or accounts, once each, by day, then key', async () => {
      await store.ledger.write([
        aLedgerEntry('both', { person: 'p1', account: 'A1', status: 'enrolled', day: TODAY + 1 }),
        aLedgerEntry('person', { person: 'p1', account: 'A9', status: 'already', recordId: '7' }),
        aLedgerEntry('account', { person: 'p9', account: 'A1', status: 'unclear' }),
        aLedgerEntry('neither', { person: 'p9', account: 'A9', status: 'enrolled' }),
        aLedgerEntry('other playbook', { playbook: 'other', status: 'enrolled' }),
      ]);
      const found = await store.ledger.sent('start', { persons: ['p1', 'p1'], accounts: ['A1', 'A2'] });
      expect(found.map((entry) => entry.key)).toEqual(['account', 'person', 'both']);
      expect(found[1]?.recordId).toBe('7');
      const keys = async (persons: readonly string[], accounts: readonly string[]) =>
        (await store.ledger.sent('start', { persons, accounts })).map((entry) => entry.key);
      expect(await keys(['p1'], [])).toEqual(['person', 'both']);
      expect(await keys([], ['A1'])).toEqual(['account', 'both']);
      expect(await keys([], [])).toEqual([]);
    });

    it.each([
      ['enrolled', 1],
      ['already', 1],
      ['intended', 1],
      ['unclear', 1],
      ['refused', 0],
    ] as const)('counts what is %s as sent %i times', async (status, times) => {
      await store.ledger.write([aLedgerEntry('k1', { status })]);
      expect(await store.ledger.sent('start', { persons: ['p1'], accounts: [] })).toHaveLength(times);
      expect(await store.ledger.sent('start', { persons: [], accounts: ['A1'] })).toHaveLength(times);
    });

    it('finds what was sent to more subjects than one statement carries', async () => {
      await store.ledger.write([aLedgerEntry('k1', { person: 'p4999', account: 'A4999' })]);
      const many = (letter: string) => Array.from({ length: 5_000 }, (_, index) => `${letter}${index}`);
      const found = await store.ledger.sent('start', { persons: many('p'), accounts: many('A') });
      expect(found.map((entry) => entry.key)).toEqual(['k1']);
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
  });
}
