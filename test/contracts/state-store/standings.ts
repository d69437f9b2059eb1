import { describe, expect, it } from '@jest/globals';
import type { AccountStanding, StandingFilter } from '../../../src/ports/standing-store.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import { anAccount, anAssessment, TODAY } from './builders.js';

const EVERYBODY: StandingFilter = { search: null, band: null, tier: null, bandSince: null };

function standing(fields: Partial<AccountStanding> = {}): AccountStanding {
  return {
    score: 50,
    band: 'watch',
    bandSince: TODAY,
    tier: 'digital',
    tierSince: TODAY,
    coverage: 80,
    ...fields,
  };
}

export function standingsContract(store: () => StateStore): void {
  describe('standings', () => {
    const book = async () => {
      const rows = [
        anAccount('A1', { name: 'Zebra 100% Ltd' }),
        anAccount('A2', { name: 'acme_one' }),
        anAccount('A3', { name: 'AcmeXone' }),
        anAccount('A4', { name: 'Never assessed' }),
      ];
      await store().rows.save('account', rows);
      await store().assessments.save({
        run: 'r1',
        day: TODAY,
        assessments: [
          anAssessment('A1', { measure: 5, standing: standing({ score: 20, band: 'risk' }) }),
          anAssessment('A2', {
            measure: 9,
            standing: standing({ score: null, band: 'unknown', coverage: 10, bandSince: TODAY - 3 }),
          }),
          anAssessment('A3', { standing: standing({ tier: 'hybrid', bandSince: TODAY - 5 }) }),
          anAssessment('A5', { standing: standing() }),
        ],
        history: [],
        candidates: [],
        episodes: [],
      });
    };
    const names = async (filter: Partial<StandingFilter>, order = 'name' as const) =>
      (await store().standings.list({ ...EVERYBODY, ...filter }, { order, offset: 0, limit: 10 })).map(
        ({ account }) => account,
      );

    it('lists assessed accounts that are in the CRM, as they stand', async () => {
      await book();
      const [first] = await store().standings.list(EVERYBODY, { order: 'score', offset: 0, limit: 1 });
      expect(first).toEqual({
        account: 'A1',
        name: 'Zebra 100% Ltd',
        measure: 5,
        ...standing({ score: 20, band: 'risk' }),
      });
      expect((await store().assessments.bundle('A3'))?.assessed?.standing).toEqual(
        standing({ tier: 'hybrid', bandSince: TODAY - 5 }),
      );
      expect(await store().standings.count(EVERYBODY)).toBe(3);
    });

    it.each([
      ['name', ['A2', 'A3', 'A1']],
      ['score', ['A1', 'A3', 'A2']],
      ['measure', ['A2', 'A1', 'A3']],
      ['band-since', ['A1', 'A2', 'A3']],
    ] as const)('sorts by %s, and pages', async (order, sorted) => {
      await book();
      const page = (offset: number) => store().standings.list(EVERYBODY, { order, offset, limit: 2 });
      const both = [...(await page(0)), ...(await page(2))];
      expect(both.map(({ account }) => account)).toEqual(sorted);
    });

    it('chooses by band, tier and since when', async () => {
      await book();
      expect(await names({ band: 'watch' })).toEqual(['A3']);
      expect(await names({ tier: 'digital' })).toEqual(['A2', 'A1']);
      expect(await names({ bandSince: TODAY - 3 })).toEqual(['A2', 'A1']);
      expect(await store().standings.count({ ...EVERYBODY, band: 'risk', tier: 'digital' })).toBe(1);
    });

    it('finds a part of a name as it is written, signs included', async () => {
      await book();
      expect(await names({ search: 'ZEBRA' })).toEqual(['A1']);
      expect(await names({ search: '100%' })).toEqual(['A1']);
      expect(await names({ search: 'e_o' })).toEqual(['A2']);
      expect(await names({ search: "'; drop table assessments; --" })).toEqual([]);
      expect(await names({ search: '\\' })).toEqual([]);
    });

    it('names accounts by id', async () => {
      await book();
      expect(await store().standings.names(['A4', 'A2', 'A9', 'A2'])).toEqual(
        new Map([
          ['A2', 'acme_one'],
          ['A4', 'Never assessed'],
        ]),
      );
    });

    it('counts by band and tier', async () => {
      await book();
      expect(await store().standings.tally()).toEqual([
        { band: 'risk', tier: 'digital', accounts: 1, scores: 20, scored: 1, coverage: 80 },
        { band: 'unknown', tier: 'digital', accounts: 1, scores: 0, scored: 0, coverage: 10 },
        { band: 'watch', tier: 'hybrid', accounts: 1, scores: 50, scored: 1, coverage: 80 },
      ]);
    });
  });
}
