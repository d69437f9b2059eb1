import { describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import { aLedgerEntry, TODAY } from './builders.js';

export function publishedContract(store: () => StateStore): void {
  describe('published', () => {
    const listed = async (kind: string) => {
      const found: string[] = [];
      for await (const page of store().published.list(kind, 2)) found.push(...page.map(({ key }) => key));
      return found;
    };

    it('knows what was last confirmed, by kind and key', async () => {
      const { published } = store();
      await published.set('snapshot', [{ key: 'A1', content: 'one', day: TODAY }]);
      await published.set('episode', [{ key: 'A1', content: 'other', day: TODAY }]);
      await published.set('snapshot', [
        { key: 'A1', content: 'two', day: TODAY + 1 },
        { key: 'A2', content: 'three', day: TODAY },
      ]);
      expect(await published.of('snapshot', ['A1', 'A2', 'A3'])).toEqual(
        new Map([
          ['A1', 'two'],
          ['A2', 'three'],
        ]),
      );
      expect(await published.of('episode', ['A1'])).toEqual(new Map([['A1', 'other']]));
      expect(await published.of('nothing', ['A1'])).toEqual(new Map());
    });

    it('lists by key, removes, and lets go of what is old', async () => {
      const { published } = store();
      await published.set(
        'error',
        ['e', 'b', 'd', 'a', 'c'].map((key, at) => ({ key, content: key, day: TODAY + at })),
      );
      expect(await listed('error')).toEqual(['a', 'b', 'c', 'd', 'e']);
      await published.remove('error', ['c', 'x']);
      expect(await published.prune('error', TODAY + 2)).toBe(2);
      expect(await listed('error')).toEqual(['a', 'd']);
    });
  });

  describe('decisions that the CRM has not been told', () => {
    const untold = async (...statuses: Parameters<StateStore['ledger']['untold']>[0]) => {
      const found: string[] = [];
      for await (const page of store().ledger.untold(statuses, 2)) found.push(...page.map(({ key }) => key));
      return found;
    };

    it('are untold until they are marked, and again when they are written or left', async () => {
      const { ledger } = store();
      const wanted = ['enrolled', 'already'] as const;
      await ledger.write([
        aLedgerEntry('k1', { status: 'enrolled' }),
        aLedgerEntry('k2', { status: 'unclear' }),
        aLedgerEntry('k3', { status: 'already' }),
        aLedgerEntry('k4', { status: 'refused', code: 'cooldown' }),
        aLedgerEntry('k5', { status: 'enrolled' }),
      ]);
      expect(await untold(...wanted)).toEqual(['k1', 'k3', 'k5']);
      await ledger.markTold(['k1', 'k2', 'k3', 'k5']);
      expect(await untold(...wanted)).toEqual([]);
      await ledger.write([aLedgerEntry('k2', { status: 'enrolled' })]);
      await ledger.leave([{ key: 'k1', on: TODAY + 1, by: 'replied' }]);
      // A final key is never written again, so that it stays told.
      await ledger.write([aLedgerEntry('k3', { status: 'enrolled' })]);
      expect(await untold(...wanted)).toEqual(['k1', 'k2']);
      await ledger.forgetTold();
      expect(await untold(...wanted)).toEqual(['k1', 'k2', 'k3', 'k5']);
    });

    it('counts the refusals of a day by playbook and code', async () => {
      const { ledger } = store();
      await ledger.write([
        aLedgerEntry('r1', { status: 'refused', code: 'cooldown' }),
        aLedgerEntry('r2', { status: 'refused', code: 'cooldown' }),
        aLedgerEntry('r3', { status: 'deferred', code: 'cooldown', tryOn: TODAY + 1 }),
        aLedgerEntry('r4', { status: 'refused', code: 'bounced', playbook: 'other' }),
        aLedgerEntry('r5', { status: 'refused', code: 'bounced', day: TODAY - 1 }),
        aLedgerEntry('r6', { status: 'enrolled' }),
      ]);
      expect(await ledger.refusalsOn(TODAY)).toEqual([
        { playbook: 'other', code: 'bounced', status: 'refused', count: 1 },
        { playbook: 'start', code: 'cooldown', status: 'deferred', count: 1 },
        { playbook: 'start', code: 'cooldown', status: 'refused', count: 2 },
      ]);
    });
  });
}
