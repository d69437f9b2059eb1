import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonTraces } from '../../../src/ports/keeping-store.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import {
  aContact,
  aLedgerEntry,
  aLetter,
  anAccount,
  anEntry,
  anEpisode,
  anItem,
  aRow,
  aRun,
  assess,
  everything,
  TODAY,
} from './builders.js';

const OLD = TODAY - 400;
const LINE = TODAY - 300;
const DAY_MS = 86_400_000;

export function keepingContract(current: () => StateStore): void {
  let store: StateStore;
  beforeEach(() => {
    store = current();
  });

  const at = (id: string, day: number, values: object) => ({
    ...aRow(id, 'A1', { ...values }),
    stamp: day * DAY_MS,
  });

  describe('keeping', () => {
    it('lets go of old history, but for the last entry before the day of each account', async () => {
      const days = [OLD, OLD + 1, OLD + 2, TODAY];
      for (const day of days)
        await assess(store, [], { history: [anEntry('A1', { day }), anEntry('A2', { day })] });
      const end = await store.assessments.historyEnd();
      expect(await store.keeping.prune('history', LINE, 3)).toBe(3);
      expect(await store.keeping.prune('history', LINE, 3)).toBe(1);
      expect(await store.keeping.prune('history', LINE, 3)).toBe(0);
      expect((await store.assessments.history('A1', 9)).map(({ day }) => day)).toEqual([TODAY, OLD + 2]);
      expect(await store.assessments.historyEnd()).toBe(end);
    });

    it('lets go of episodes that are long over, not of those that run or whose goal still counts', async () => {
      const ended = { on: OLD + 5, by: 'completed' } as const;
      const episodes = [
        anEpisode('over', { edge: OLD, ended }),
        anEpisode('refused', { edge: OLD, refused: { code: 'holdout', evidence: '' } }),
        anEpisode('runs', { edge: OLD }),
        anEpisode('counts', { edge: OLD, ended, goalUntil: TODAY }),
        anEpisode('ended lately', { edge: OLD, ended: { on: TODAY, by: 'goal' } }),
      ];
      await assess(store, [], { episodes });
      expect(await store.keeping.prune('episodes', LINE, 1)).toBe(1);
      expect(await store.keeping.prune('episodes', LINE, 9)).toBe(1);
      expect((await store.episodes.ofAccount('A1')).map(({ id }) => id).sort()).toEqual([
        'counts',
        'ended lately',
        'runs',
      ]);
    });

    it('lets go of the particulars of old decisions, and never of a key', async () => {
      await assess(store, [], { episodes: [anEpisode('runs', { edge: OLD })] });
      const old = { status: 'enrolled', day: OLD, recordId: '7', evidence: 'e', made: 'm' } as const;
      await store.ledger.write([
        aLedgerEntry('over/mail/p1', { ...old, episode: 'over' }),
        aLedgerEntry('runs/mail/p1', { ...old, episode: 'runs' }),
        aLedgerEntry('new/mail/p1', { ...old, episode: 'new', day: TODAY }),
        aLedgerEntry('open/mail/p1', { ...old, episode: 'open', status: 'intended' }),
      ]);
      expect(await store.keeping.prune('decisions', LINE, 9)).toBe(1);
      expect(await store.keeping.prune('decisions', LINE, 9)).toBe(0);
      await store.ledger.write([aLedgerEntry('over/mail/p1', { status: 'refused', run: 'r9' })]);
      const kept = await store.ledger.get(['over/mail/p1', 'runs/mail/p1']);
      const plain = { contact: null, recordId: null, evidence: null, made: null, sender: null };
      expect(kept.get('over/mail/p1')).toMatchObject({
        ...plain,
        status: 'enrolled',
        person: 'p1',
        run: 'r1',
      });
      expect(kept.get('runs/mail/p1')).toMatchObject({ contact: 'C1', recordId: '7' });
      const sent = await store.ledger.sent('start', { persons: ['p1'], accounts: [] });
      expect(sent.map(({ key }) => key)).toContain('over/mail/p1');
    });

    it('lets go of what people did long ago and of tasks closed long ago, and marks nobody', async () => {
      await store.rows.save('account', [anAccount('A1')]);
      await store.rows.keep('engagement', [at('e1', OLD, { on: OLD }), at('e2', TODAY, { on: TODAY })]);
      await store.rows.keep('task', [
        at('t1', OLD, { openedOn: OLD, closedOn: OLD }),
        at('t2', OLD, { openedOn: OLD, closedOn: null }),
      ]);
      expect(await store.keeping.prune('engagement', LINE, 9)).toBe(1);
      expect(await store.keeping.prune('tasks', LINE, 9)).toBe(1);
      const bundle = await store.assessments.bundle('A1');
      expect(bundle?.rows.engagement?.map(({ id }) => id)).toEqual(['e2']);
      expect(bundle?.rows.task?.map(({ id }) => id)).toEqual(['t2']);
    });

    it('lets go of old refused records and of old runs with their plans', async () => {
      await store.deadLetters.add([aLetter('A1', { day: OLD }), aLetter('A2')]);
      await store.runs.save(aRun('r1', { day: OLD, status: 'done', finishedAt: 2 }));
      await store.runs.save(aRun('r2', { day: OLD }));
      await store.runs.save(aRun('r3', { day: TODAY, status: 'done', finishedAt: 2 }));
      await store.plan.add('r1', [anItem(1)]);
      expect(await store.keeping.prune('deadLetters', LINE, 9)).toBe(1);
      expect(await store.keeping.prune('runs', LINE, 9)).toBe(1);
      expect((await store.deadLetters.list(9)).map(({ record }) => record)).toEqual(['A2']);
      expect((await store.runs.list(9)).map(({ id }) => id).sort()).toEqual(['r2', 'r3']);
      expect(await store.plan.counts('r1')).toEqual([]);
      await store.keeping.compact();
    });
  });

  describe('somebody who is forgotten', () => {
    const C1 = '003000000000001AAA';
    const who: PersonTraces = {
      contacts: [C1],
      persons: ['hash-of-ada'],
      words: new Map([
        [C1, 'gone-1'],
        ['Ada@Example.com', '(forgotten)'],
        ['Ada "Countess" Lovelace', '(forgotten)'],
      ]),
    };
    const ADA = { firstName: 'Ada "Countess"', lastName: 'Lovelace', email: 'ada@example.com' };

    beforeEach(async () => {
      await store.rows.save('account', [anAccount('A1')]);
      await store.rows.save('contact', [
        aRow(C1, 'A1', ADA),
        aRow('003other', 'A1', { email: 'bob@example.com' }),
      ]);
      await store.rows.save('survey', [aRow('s1', 'A1', { contactId: C1, score: 9 })]);
      await store.rows.keep('engagement', [aRow('e1', 'A1', { person: 'hash-of-ada', kind: 'clicked' })]);
      await store.persons.save([aContact(C1, { person: 'hash-of-ada' }), aContact('003other')]);
      await store.ledger.write([
        aLedgerEntry(`ep-${C1}/mail/hash-of-ada`, {
          episode: `ep-${C1}`,
          person: 'hash-of-ada',
          contact: C1,
          recordId: '501',
          status: 'enrolled',
        }),
        aLedgerEntry('e1/mail/p1', { contact: '003other', status: 'enrolled' }),
      ]);
      await assess(store, [], {
        episodes: [anEpisode(`ep-${C1}`, { subject: C1, out: { 'hash-of-ada': { on: 1, by: 'replied' } } })],
        history: [anEntry('A1', { entry: { why: 'Ada "Countess" Lovelace left' } })],
      });
      await store.plan.add('r1', [anItem(1, { detail: { contact: C1 } }), anItem(2)]);
      await store.deadLetters.add([aLetter(C1, { account: 'A1' })]);
      await store.notes.set('taken', ['ADA@example.com', 'bob']);
      await store.runs.save(aRun('r1', { report: { rejected: [{ record: C1 }] } }));
    });

    it('is found in every place before, and in none afterwards', async () => {
      const before = await store.keeping.traces(who);
      expect(before).toEqual({
        'contact rows': 1,
        'survey rows': 1,
        'engagement rows': 1,
        contacts: 1,
        decisions: 1,
        episodes: 1,
        history: 1,
        'plan items': 1,
        'refused records': 1,
        notes: 1,
        runs: 1,
      });
      expect(await store.keeping.forget(who)).toEqual(before);
      expect(await store.keeping.traces(who)).toEqual({});
      expect(await store.keeping.forget(who)).toEqual({});
    });

    it('leaves everybody else as they are', async () => {
      await store.keeping.forget(who);
      const bundle = await store.assessments.bundle('A1');
      expect(bundle?.rows.contact?.map(({ id }) => id)).toEqual(['003other']);
      expect(bundle?.rows.survey?.map(({ values }) => values)).toEqual([{ contactId: 'gone-1', score: 9 }]);
      expect(await store.notes.get('taken')).toEqual(['(forgotten)', 'bob']);
      expect((await store.ledger.get(['e1/mail/p1'])).get('e1/mail/p1')?.contact).toBe('003other');
      const items = await everything(store.plan.items('r1', { kind: 'field', status: 'planned' }, 9));
      expect(items.map(({ seq }) => seq)).toEqual([2]);
    });

    it('leaves a key that is never written again, and the hash that suppresses', async () => {
      expect(await store.persons.forgotten(['hash-of-ada', 'p1'])).toEqual(new Set());
      await store.keeping.forget(who);
      expect(await store.persons.forgotten(['hash-of-ada', 'p1'])).toEqual(new Set(['hash-of-ada']));
      const [entry] = await store.ledger.ofPerson('hash-of-ada');
      expect(entry).toMatchObject({
        key: 'ep-gone-1/mail/hash-of-ada',
        status: 'enrolled',
        contact: null,
        recordId: null,
      });
      expect((await store.episodes.ofAccount('A1')).map(({ id, subject }) => [id, subject])).toEqual([
        ['ep-gone-1', 'gone-1'],
      ]);
    });
  });
}
