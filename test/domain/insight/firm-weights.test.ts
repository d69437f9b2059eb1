import { describe, expect, it } from '@jest/globals';
import type { Outcomes } from '../../../src/domain/insight/example.js';
import { scoreSaid } from '../../../src/domain/insight/newly-scored.js';
import { type SuggestedModel, suggestWeights } from '../../../src/domain/insight/suggestion.js';
import { weightSuggestion } from '../../../src/domain/insight/weight-change.js';
import { plantedBook } from '../../support/insight/planted-outcomes.js';
import { factsOf } from '../health/builders.js';
import { aCandidate } from './examples.js';

const RULES = { minPresent: 0.3, today: null };
const NONE = { id: 'ongoing', label: 'Ongoing', when: null, dimensions: [], guards: [] };

/** A book that follows two of its signals, and a field that tells who stays, known of only so many. */
function bookWithRegion(known: number, size = 400): Outcomes {
  const { outcomes } = plantedBook({ signals: 4, effects: [3, 1], intercept: -1 }, size, 5);
  const examples = outcomes.examples.map((one, at) => ({
    ...one,
    readings: [...one.readings, at < known ? (one.lost ? 'north' : 'south') : null],
    scores: [...one.scores, null],
  }));
  return { candidates: [...outcomes.candidates, aCandidate('custom.region', { label: 'Region' })], examples };
}

function idsOf({ dimensions }: SuggestedModel): readonly string[] {
  return dimensions.flatMap(({ signals }) => signals.map(({ candidate }) => candidate.id));
}

describe('a suggested weight', () => {
  it('is given to nothing that more than one fifth of the accounts, left out, would take it from', () => {
    // All know just enough of the region for a curve, and hardly any four fifths do.
    const outcomes = bookWithRegion(12, 110);
    const fitted = suggestWeights(outcomes, RULES);
    expect(idsOf(fitted.model)).not.toContain('custom.region');
    for (const model of fitted.byFold) expect(idsOf(model)).not.toContain('custom.region');
    const { changes, notFirm } = weightSuggestion(outcomes, fitted, NONE);
    expect(notFirm).toEqual(['custom.region']);
    const region = changes.find(({ id }) => id === 'custom.region');
    expect(region).toMatchObject({ label: 'Region', suggested: null, between: [0, expect.any(Number)] });
    expect(region?.weighedBy).toBeLessThan(4);
  });

  it('is weighed by at least four of the five parts, each of it', () => {
    for (const known of [105, 400]) {
      const outcomes = bookWithRegion(known);
      const { changes } = weightSuggestion(outcomes, suggestWeights(outcomes, RULES), NONE);
      const suggested = changes.filter((change) => change.suggested !== null);
      expect(suggested.length).toBeGreaterThan(0);
      for (const { weighedBy } of suggested) expect(weighedBy).toBeGreaterThanOrEqual(4);
    }
    const firm = suggestWeights(bookWithRegion(400), RULES);
    expect(idsOf(firm.model)).toContain('custom.region');
    expect(firm.unstable.map(({ id }) => id)).not.toContain('custom.region');
  });
});

describe('a score by a suggested model', () => {
  const { model } = suggestWeights(bookWithRegion(400), RULES);
  const [signal] = bookWithRegion(0).candidates;
  const coverage = { minPresent: 0.3, enterUnknownBelow: 0.1, leaveUnknownAt: 0.2 };
  const said = (facts: Readonly<Record<string, number | string>>, suggested = model) =>
    scoreSaid(suggested, { today: NONE, coverage }, { facts: factsOf(facts), today: 20_000 });

  it('rests on what the account is where nothing that it does is known', () => {
    expect(said({ 'custom.region': 'north' })).toBe('by what it is');
    expect(said({})).toBe('none');
  });

  it('rests on what it does where that carries more than half', () => {
    if (signal === undefined) throw new Error('There is no signal.');
    const value = { source: signal.id, facts: [signal.id], evaluate: () => 50 };
    const own = signal.signal === null ? null : { ...signal.signal, value };
    const dimensions = [
      {
        id: 'adoption',
        weight: 60,
        signals: [{ candidate: { ...signal, signal: own }, weight: 1, curve: null }],
      },
      ...model.dimensions.filter(({ id }) => id === 'profile').map((one) => ({ ...one, weight: 40 })),
    ];
    expect(said({ 'custom.region': 'north' }, { dimensions })).toBe('by what it does');
  });
});
