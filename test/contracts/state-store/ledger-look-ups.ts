import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerEntry, StateStore } from '../../../src/ports/state-store.js';
import { aLedgerEntry, everything, TODAY } from './builders.js';

const keysOf = (entries: readonly LedgerEntry[]) => entries.map((entry) => entry.key);

export function ledgerLookUpsContract(current: () => StateStore): void {
  describe('looking up the ledger', () => {
    let store: StateStore;
    beforeEach(() => {
      store = current();
    });

    it('lists an account by day, then key', async () => {
      await store.ledger.write([
        aLedgerEntry('k1', { day: TODAY + 1 }),
        aLedgerEntry('k3'),
        aLedgerEntry('k2'),
        aLedgerEntry('k4', { account: 'A2' }),
      ]);
      expect((await store.ledger.ofAccount('A1')).map((entry) => entry.key)).toEqual(['k2', 'k3', 'k1']);
      expect(await store.ledger.ofAccounts(['A1'])).toEqual(await store.ledger.ofAccount('A1'));
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
      ['deferred', 0],
    ] as const)('counts what is %s as sent %i times', async (status, times) => {
      await store.ledger.write([aLedgerEntry('k1', { status })]);
      expect(await store.ledger.sent('start', { persons: ['p1'], accounts: [] })).toHaveLength(times);
      expect(await store.ledger.sent('start', { persons: [], accounts: ['A1'] })).toHaveLength(times);
      for (const subjects of [
        { persons: ['p1'], contacts: [], accounts: [] },
        { persons: [], contacts: ['C1'], accounts: [] },
        { persons: [], contacts: [], accounts: ['A1'] },
      ])
        expect(await store.ledger.sentSince(TODAY, subjects)).toHaveLength(times);
      expect(await everything(store.ledger.through(['hubspot-list'], TODAY, 5))).toHaveLength(times);
      const counted = await store.ledger.bySender(TODAY);
      expect(counted.get('hubspot-list|csm@example.com') ?? 0).toBe(times);
    });

    it('finds what was sent to more subjects than one statement carries', async () => {
      await store.ledger.write([aLedgerEntry('k1', { person: 'p4999', account: 'A4999' })]);
      const many = (letter: string) => Array.from({ length: 5_000 }, (_, index) => `${letter}${index}`);
      const found = await store.ledger.sent('start', { persons: many('p'), accounts: many('A') });
      expect(found.map((entry) => entry.key)).toEqual(['k1']);
      const subjects = { persons: many('p'), contacts: many('C'), accounts: many('A') };
      expect(await store.ledger.sentSince(TODAY, subjects)).toEqual(found);
    });

    it('lists a person over all accounts by day, then key, whatever was decided', async () => {
      await store.ledger.write([
        aLedgerEntry('k1', { day: TODAY + 1, status: 'deferred' }),
        aLedgerEntry('k3', { account: 'A2', status: 'refused' }),
        aLedgerEntry('k2', { status: 'enrolled' }),
        aLedgerEntry('k4', { person: 'p2' }),
      ]);
      expect(keysOf(await store.ledger.ofPerson('p1'))).toEqual(['k2', 'k3', 'k1']);
      expect(await store.ledger.ofPerson('p9')).toEqual([]);
    });

    it('lists episodes together, each entry once, by day, then key', async () => {
      await store.ledger.write([
        aLedgerEntry('k1', { episode: 'e2', day: TODAY + 1 }),
        aLedgerEntry('k3', { episode: 'e2', status: 'refused' }),
        aLedgerEntry('k2', { episode: 'e1', status: 'deferred' }),
        aLedgerEntry('k4', { episode: 'e3' }),
      ]);
      expect(keysOf(await store.ledger.ofEpisodes(['e2', 'e1', 'e2', 'e9']))).toEqual(['k2', 'k3', 'k1']);
      expect(await store.ledger.ofEpisodes([])).toEqual([]);
    });

    it('lists what any playbook did since a day for persons, contacts or accounts, once each, by day, then key', async () => {
      const nobody = { person: 'p9', contact: 'C9', account: 'A9', status: 'enrolled' } as const;
      await store.ledger.write([
        aLedgerEntry('all three', { status: 'enrolled', day: TODAY + 2 }),
        aLedgerEntry('person', { ...nobody, person: 'p1', playbook: 'other' }),
        aLedgerEntry('contact', { ...nobody, contact: 'C1' }),
        aLedgerEntry('account', { ...nobody, account: 'A1', contact: null, day: TODAY + 1 }),
        aLedgerEntry('nobody', nobody),
        aLedgerEntry('too early', { status: 'enrolled', day: TODAY - 1 }),
      ]);
      const keys = async (
        persons: readonly string[],
        contacts: readonly string[],
        accounts: readonly string[],
      ) => keysOf(await store.ledger.sentSince(TODAY, { persons, contacts, accounts }));
      expect(await keys(['p1', 'p1'], ['C1'], ['A1', 'A2'])).toEqual([
        'contact',
        'person',
        'account',
        'all three',
      ]);
      expect(await keys(['p1'], [], [])).toEqual(['person', 'all three']);
      expect(await keys([], ['C1'], [])).toEqual(['contact', 'all three']);
      expect(await keys([], [], ['A1'])).toEqual(['account', 'all three']);
      expect(await keys([], [], [])).toEqual([]);
    });

    it('counts a day by channel and sender', async () => {
      const sequence = { channel: 'outreach-sequence', sender: 'a@example.com' } as const;
      await store.ledger.write([
        aLedgerEntry('k1', { ...sequence, status: 'enrolled' }),
        aLedgerEntry('k2', { ...sequence, status: 'unclear' }),
        aLedgerEntry('k3', { ...sequence, sender: 'b@example.com' }),
        aLedgerEntry('k4', { sender: null, status: 'already' }),
        aLedgerEntry('k5', { ...sequence, channel: 'hubspot-sequence' }),
        aLedgerEntry('k6', { ...sequence, day: TODAY - 1 }),
        aLedgerEntry('k7', { ...sequence, day: TODAY + 1 }),
      ]);
      expect(Object.fromEntries(await store.ledger.bySender(TODAY))).toEqual({
        'outreach-sequence|a@example.com': 2,
        'outreach-sequence|b@example.com': 1,
        'hubspot-list|': 1,
        'hubspot-sequence|a@example.com': 1,
      });
    });

    it('lists what went through channels since a day by key, in pages of any size, while it is being read back', async () => {
      const task = { channel: 'salesforce-task', status: 'enrolled' } as const;
      await store.ledger.write([
        aLedgerEntry('k5', task),
        aLedgerEntry('k1', { ...task, day: TODAY + 2 }),
        aLedgerEntry('k3', { channel: 'webhook', status: 'already' }),
        aLedgerEntry('k4', { ...task, day: TODAY + 1, status: 'unclear' }),
        aLedgerEntry('k2', { channel: 'hubspot-list' }),
        aLedgerEntry('k0', { ...task, day: TODAY - 1 }),
      ]);
      for (const pageSize of [1, 2, 100]) {
        const met: string[] = [];
        for await (const page of store.ledger.through(['webhook', 'salesforce-task'], TODAY, pageSize)) {
          met.push(...keysOf(page));
          await store.ledger.leave(page.map(({ key }) => ({ key, on: TODAY, by: 'replied' })));
        }
        expect(met).toEqual(['k1', 'k3', 'k4', 'k5']);
      }
      const [first] = await everything(store.ledger.through(['webhook'], TODAY, 1));
      expect(first).toMatchObject({ key: 'k3', leftBy: 'replied', touchDays: [TODAY] });
      expect(await everything(store.ledger.through([], TODAY, 2))).toEqual([]);
    });
  });
}
