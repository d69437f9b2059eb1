import { describe, expect, it } from '@jest/globals';
import { type BacktestReport, backtest } from '../../../src/domain/insight/backtest.js';
import type { Example, Outcomes } from '../../../src/domain/insight/example.js';
import { type WeightSuggestion, weightSuggestion } from '../../../src/domain/insight/weight-change.js';
import { anExample, aSignalCandidate, numbers } from './examples.js';

const TODAY = { id: 'ongoing', label: 'Ongoing', when: null, dimensions: [], guards: [] };

interface Book {
  readonly outcomes: Outcomes;
  /** What weights fitted elsewhere would have said of each. */
  readonly suggested: readonly number[];
}

/** 400 outcomes that follow what is read of them; only the first `scored` of them have a score. */
function aBook(scored: number, over: Partial<Example> = {}): Book {
  const next = numbers(3);
  const examples = Array.from({ length: 400 }, (_, at): Example => {
    const use = Math.round(next() * 100);
    const lost = next() < (100 - use) / 120;
    const known = at < scored ? { score: use * 100, band: 'watch' as const } : { score: null, ...over };
    return anExample({ account: `A${at}`, lost, readings: [use], scores: [use * 100], ...known });
  });
  const suggested = examples.map(({ scores }) => scores[0] ?? 0);
  return { outcomes: { candidates: [aSignalCandidate('adoption.use')], examples }, suggested };
}

function backtestOf({ outcomes, suggested }: Book): BacktestReport {
  const ceiling = suggested.map((score) => 1 - score / 10_000);
  return backtest(outcomes, { suggested, ceiling, little: new Set() });
}

function suggestionOf({ outcomes, suggested }: Book): WeightSuggestion {
  const fitted = { model: { dimensions: [] }, outOfSample: suggested, byFold: [], parts: [], weighedBy: [] };
  return weightSuggestion(outcomes, { ...fitted, unstable: [] }, TODAY);
}

describe('outcomes without a score', () => {
  it('leave nothing to compare suggested weights with where under 30 have one: as the backtest says', () => {
    const book = aBook(21);
    expect(backtestOf(book)).toMatchObject({
      models: { default: null },
      verdict: { kind: 'no score' },
      calibration: [],
    });
    const { auc, gain, verdict, withoutScore } = suggestionOf(book);
    expect([auc.today, gain, verdict, withoutScore]).toEqual([
      null,
      null,
      'no score to compare with yet',
      379,
    ]);
    expect(auc.suggested?.low).toBeGreaterThan(0.5);
  });

  it('are counted in both where the others are enough', () => {
    const book = aBook(300);
    expect(backtestOf(book)).toMatchObject({
      withoutScore: 100,
      models: { default: { auc: expect.any(Number) } },
    });
    const { auc, gain, withoutScore } = suggestionOf(book);
    expect([auc.today, gain, withoutScore]).toEqual([expect.any(Object), expect.any(Object), 100]);
  });

  it('say nothing of how far the chances of the score are from what came: all of them may have stayed', () => {
    const { outcomes, suggested } = aBook(300);
    const stayed = outcomes.examples.map((one) => (one.score === null ? { ...one, lost: false } : one));
    const { calibration, models } = backtestOf({ outcomes: { ...outcomes, examples: stayed }, suggested });
    const alone = backtestOf({
      outcomes: { ...outcomes, examples: stayed.slice(0, 300) },
      suggested: suggested.slice(0, 300),
    });
    expect(calibration.reduce((sum, { n }) => sum + n, 0)).toBe(300);
    expect(calibration).toEqual(alone.calibration);
    expect([models.default?.brier, models.default?.ece]).toEqual([
      alone.models.default?.brier,
      alone.models.default?.ece,
    ]);
  });

  it('may have a band by a guard alone: of each band it is said how many', () => {
    const { bands } = backtestOf(aBook(300, { band: 'risk' }));
    expect(bands).toMatchObject([
      { band: 'watch', n: 300, withoutScore: 0 },
      { band: 'risk', n: 100, withoutScore: 100 },
    ]);
  });
});
