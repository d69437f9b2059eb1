import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KnownContact, Merge, StateStore } from '../../../src/ports/state-store.js';
import { aContact } from './builders.js';

const merged = (loser: string, winner: string, kind: Merge['kind'] = 'contact'): Merge => ({
  kind,
  loser,
  winner,
});
const alias = (persons: readonly string[], flags: { optedOut?: boolean; bounced?: boolean } = {}) => ({
  persons,
  optedOut: false,
  bounced: false,
  ...flags,
});

export function personsContract(current: () => StateStore): void {
  let store: StateStore;
  beforeEach(() => {
    store = current();
  });
  const aliases = async (...persons: readonly string[]) =>
    Object.fromEntries(await store.persons.aliasesOf(persons));
  /** A contact that has one person after another. */
  const become = async (contact: string, ...persons: readonly (string | Partial<KnownContact>)[]) => {
    for (const each of persons)
      await store.persons.save([aContact(contact, typeof each === 'string' ? { person: each } : each)]);
  };

  describe('persons', () => {
    it('are found in every account in which they stand, by contact id', async () => {
      const known = [
        aContact('C2', { account: 'A2', optedOut: true }),
        aContact('C1', { bounced: true }),
        aContact('C3', { person: 'p2' }),
      ];
      await store.persons.save([...known, aContact('C4', { person: 'p3' })]);
      expect(await store.persons.contactsOf(['p1', 'p2', 'p1', 'p9'])).toEqual([
        known[1],
        known[0],
        known[2],
      ]);
      expect(await store.persons.contactsOf([])).toEqual([]);
    });

    it('are replaced by contact id, the last one of a page counting', async () => {
      await store.persons.save([aContact('C1', { optedOut: true })]);
      const last = aContact('C1', { account: 'A2', bounced: true });
      await store.persons.save([aContact('C1', { person: 'passed over' }), last]);
      expect(await store.persons.contactsOf(['p1', 'passed over'])).toEqual([last]);
      expect(await aliases('p1')).toEqual({});
    });

    it('lose a contact that is removed, and get it back', async () => {
      await store.persons.save([aContact('C1'), aContact('C2')]);
      await store.persons.remove(['C1', 'unknown']);
      expect(await store.persons.contactsOf(['p1'])).toEqual([aContact('C2')]);
      await store.persons.save([aContact('C1')]);
      expect(await store.persons.contactsOf(['p1'])).toEqual([aContact('C1'), aContact('C2')]);
    });

    it('are found in more contacts than one statement carries', async () => {
      const many = Array.from({ length: 2_100 }, (_, n) => aContact(`C${n}`, { person: `p${n}` }));
      await store.persons.save(many);
      await store.persons.save(many.map((each) => ({ ...each, person: `${each.person} new` })));
      const persons = many.map((each) => `${each.person} new`);
      expect(await store.persons.contactsOf(persons)).toHaveLength(2_100);
      expect((await store.persons.aliasesOf(persons)).get('p2099 new')).toEqual(alias(['p2099']));
    });
  });

  describe('aliases of a person', () => {
    it('are the earlier persons of its contacts, however many, and not the later ones', async () => {
      await become('C1', 'p1', 'p2', 'p3');
      await become('C2', 'p0', 'p1');
      expect(await aliases('p3', 'p2', 'p1', 'p0', 'p9')).toEqual({
        p3: alias(['p0', 'p1', 'p2']),
        p2: alias(['p0', 'p1']),
        p1: alias(['p0']),
      });
    });

    it.each(['optedOut', 'bounced'] as const)(
      'say whether any of them is %s, as known last',
      async (flag) => {
        await become('C1', 'p1', { person: 'p1', [flag]: true }, 'p2');
        expect(await aliases('p2')).toEqual({ p2: alias(['p1'], { [flag]: true }) });
        await become('C1', 'p1');
        expect(await aliases('p1')).toEqual({ p1: alias(['p2']) });
        await become('C1', 'p3');
        expect(await aliases('p3')).toEqual({ p3: alias(['p1', 'p2']) });
      },
    );

    it('do not take over what only the person itself is', async () => {
      await become('C1', 'p1', { person: 'p2', optedOut: true, bounced: true });
      await store.persons.save([aContact('C2', { person: 'p3', optedOut: true })]);
      expect(await aliases('p2', 'p3')).toEqual({ p2: alias(['p1']) });
    });

    it('stay, although the address is still that of somebody else, whose opt-out counts too', async () => {
      await become('C1', 'shared', 'own');
      await store.persons.save([aContact('C2', { person: 'shared', optedOut: true })]);
      expect(await aliases('own', 'shared')).toEqual({ own: alias(['shared'], { optedOut: true }) });
      await store.persons.save([aContact('C2', { person: 'shared' })]);
      expect(await aliases('own')).toEqual({ own: alias(['shared']) });
    });

    it('end where they have been before', async () => {
      await become('C1', { person: 'p1', optedOut: true }, 'p2', 'p1', 'p2', 'p1');
      expect(await aliases('p1', 'p2')).toEqual({ p1: alias(['p2']), p2: alias(['p1']) });
    });

    it('come also of a contact that was removed in between', async () => {
      await become('C1', { person: 'p1', bounced: true });
      await store.persons.remove(['C1']);
      expect(await aliases('p1')).toEqual({});
      await become('C1', 'p2');
      expect(await aliases('p2')).toEqual({ p2: alias(['p1'], { bounced: true }) });
    });
  });

  describe('merged contacts', () => {
    it('go over to the winner with their earlier persons and flags, although they are removed', async () => {
      await become('loser', { person: 'p0', bounced: true }, { person: 'p1', optedOut: true });
      await become('winner', 'p2');
      await store.persons.remove(['loser']);
      await store.persons.merge([merged('loser', 'winner')]);
      expect(await aliases('p2', 'p1')).toEqual({
        p2: alias(['p0', 'p1'], { optedOut: true, bounced: true }),
        p1: alias(['p0'], { bounced: true }),
      });
    });

    it('go over to a winner that is saved only later, and with it to its next person', async () => {
      await store.persons.merge([merged('loser', 'winner')]);
      await become('loser', 'p1');
      await store.persons.remove(['loser']);
      expect(await aliases('p2')).toEqual({});
      await become('winner', 'p2');
      expect(await aliases('p2')).toEqual({ p2: alias(['p1']) });
      await become('winner', 'p3');
      expect(await aliases('p3')).toEqual({ p3: alias(['p1', 'p2']) });
    });

    it('are followed through winners that lost later, known or not', async () => {
      await become('C1', { person: 'p1', optedOut: true });
      await become('C4', 'p4');
      await store.persons.merge([merged('C1', 'unknown'), merged('unknown', 'C3')]);
      await store.persons.merge([merged('C3', 'C4'), merged('C3', 'C4')]);
      expect(await aliases('p4')).toEqual({ p4: alias(['p1'], { optedOut: true }) });
    });

    it('keep their opt-out even where the winner has the same address', async () => {
      await become('loser', { optedOut: true });
      await become('winner', {});
      await store.persons.remove(['loser']);
      expect(await aliases('p1')).toEqual({});
      await store.persons.merge([merged('loser', 'winner')]);
      expect(await aliases('p1')).toEqual({ p1: alias([], { optedOut: true }) });
    });

    it('stay with a winner that is removed, as long as somebody has its address', async () => {
      await become('loser', { person: 'p1', optedOut: true });
      await become('winner', 'p2');
      await become('other', 'p2');
      await store.persons.merge([merged('loser', 'winner')]);
      await store.persons.remove(['loser', 'winner']);
      expect(await aliases('p2')).toEqual({ p2: alias(['p1'], { optedOut: true }) });
    });

    it('may go round in a circle, or into themselves', async () => {
      await become('C1', 'p1');
      await become('C2', 'p2');
      await become('C3', { person: 'p3', optedOut: true });
      await store.persons.merge([merged('C1', 'C2'), merged('C2', 'C1'), merged('C3', 'C3')]);
      expect(await aliases('p1', 'p2', 'p3')).toEqual({ p1: alias(['p2']), p2: alias(['p1']) });
      await become('C4', { person: 'p4', optedOut: true });
      await store.persons.merge([merged('C4', 'unknown'), merged('unknown', 'C4')]);
      expect(await aliases('p4')).toEqual({ p4: alias([], { optedOut: true }) });
    });

    it('mean the same to a person, whoever else is asked about', async () => {
      await become('loser', { person: 'p1', optedOut: true });
      await become('winner', 'p2');
      await store.persons.merge([merged('loser', 'winner')]);
      expect(await aliases('p1')).toEqual({});
      expect(await aliases('p1', 'p2')).toEqual(await aliases('p2'));
    });
  });

  describe('merged accounts', () => {
    const losers = async (...accounts: readonly string[]) =>
      Object.fromEntries(await store.persons.losersOf(accounts));

    it('are known to their winner, however long the chain, and to nobody before it', async () => {
      await store.persons.merge([merged('A1', 'A2', 'account'), merged('A3', 'A4', 'account')]);
      await store.persons.merge([merged('A2', 'A4', 'account'), merged('A1', 'A2', 'account')]);
      expect(await losers('A4', 'A2', 'A1', 'A9')).toEqual({ A4: ['A1', 'A2', 'A3'], A2: ['A1'] });
      expect(await losers()).toEqual({});
    });

    it('may go round in a circle, or into themselves', async () => {
      await store.persons.merge([
        merged('A1', 'A2', 'account'),
        merged('A2', 'A1', 'account'),
        merged('A3', 'A3', 'account'),
      ]);
      expect(await losers('A1', 'A2', 'A3')).toEqual({ A1: ['A2'], A2: ['A1'] });
    });

    it('are not mistaken for contacts', async () => {
      await store.persons.merge([merged('X1', 'X2', 'contact'), merged('Y1', 'Y2', 'account')]);
      await become('Y1', 'p1');
      await become('Y2', 'p2');
      expect([await losers('X2'), await aliases('p2')]).toEqual([{}, {}]);
    });
  });
}
