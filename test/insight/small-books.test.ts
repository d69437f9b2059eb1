import { describe, expect, it } from '@jest/globals';
import { xgboost } from '../../src/adapters/ensemble/xgboost/index.js';
import { backtest } from '../../src/domain/insight/backtest.js';
import type { Example, Outcomes } from '../../src/domain/insight/example.js';
import { casesOf } from '../../src/domain/insight/ranking.js';
import { suggestWeights } from '../../src/domain/insight/suggestion.js';
import { ceilingOf } from '../../src/insight/ceiling.js';
import { aCandidate, anExample, aSignalCandidate } from '../domain/insight/examples.js';
import { randomFrom } from '../support/insight/random.js';

/** Renewals of which a third is lost, with a score of noise, and what tells apart lost and kept. */
function aBook(size: number, of: (lost: boolean, draw: number) => Partial<Example>): Outcomes {
  const random = randomFrom(size);
  const examples = Array.from({ length: size }, (_, at) => {
    const lost = at % 3 === 0;
    const use = Math.floor(random() * 10_000);
    const base = { account: `A${at}`, lost, score: use, revenue: null, scores: [use, null] };
    return anExample({ ...base, readings: [use, null], ...of(lost, random()) });
  });
  return { candidates: [aSignalCandidate('adoption.use'), aCandidate('custom.number')], examples };
}

async function reportOn(outcomes: Outcomes) {
  const { outOfSample } = suggestWeights(outcomes, { minPresent: 0.3, today: null });
  const ceiling = await ceilingOf(outcomes, casesOf(outcomes.examples), xgboost());
  return backtest(outcomes, { suggested: outOfSample, ceiling, little: new Set() });
}

describe('A small book', () => {
  it.each([30, 40, 60, 80])(
    'of %d renewals is told of a number that separates them',
    async (size) => {
      const book = aBook(size, (lost, draw) => ({ readings: [draw, lost ? 5 + draw : 8 + draw] }));
      const { models, verdict } = await reportOn(book);
      expect(models.bestSignal).toMatchObject({ auc: expect.closeTo(1, 9), high: 1 });
      expect(models.bestSignal?.low).toBeLessThan(1);
      expect(models.ceiling?.auc).toBeGreaterThan(0.9);
      expect(models.suggested?.auc).toBeGreaterThan(0.85);
      expect(verdict.kind).not.toBe('no signal');
      expect(verdict.words.join(' ')).not.toContain('Nothing to gain');
      expect(verdict.words.join(' ')).toContain(
        'The best single reading, custom.number, tells more than the score',
      );
    },
    60_000,
  );

  it('is told of a health field of the org that separates', async () => {
    const { verdict } = await reportOn(aBook(40, (lost) => ({ existing: lost ? 'red' : 'green' })));
    expect(verdict.kind).not.toBe('no signal');
    expect(verdict.words.join(' ')).toContain('The health field of the org tells more than the score');
  }, 60_000);

  it('has no ceiling where there is nothing to split by', async () => {
    const book = aBook(40, () => ({ readings: [1, 1], scores: [5_000, null], score: 5_000 }));
    const { models, gaps, verdict } = await reportOn(book);
    expect([models.ceiling, gaps.defaultToCeiling]).toEqual([null, null]);
    expect(verdict).toMatchObject({ kind: 'no signal', gapSpansZero: true });
    expect(verdict.words[0]).not.toContain('ceiling');
  }, 60_000);
});
