import { describe, expect, it } from '@jest/globals';
import type { Compared, Figures } from '../../../src/domain/insight/figures.js';
import { verdictOn } from '../../../src/domain/insight/verdict.js';

function figures(auc: number, half: number): Figures {
  return { auc, low: auc - half, high: auc + half, lift10: 1, brier: 0.2, ece: 0.05 };
}

function estimate(value: number, half: number) {
  return { value, low: value - half, high: value + half };
}

function compared(score: number, suggested: number, ceiling: number, half = 0.02): Compared {
  return {
    models: {
      default: figures(score, half),
      suggested: figures(suggested, half),
      ceiling: figures(ceiling, half),
      bestSignal: null,
      arrOnly: null,
      existing: null,
    },
    gaps: {
      defaultToCeiling: estimate(ceiling - score, half),
      defaultToSuggested: estimate(suggested - score, half),
      existingToDefault: null,
    },
  };
}

const ALL = { n: 500, scored: 500 };

describe('The verdict', () => {
  it('is no signal where nothing that was tried is told apart from chance', () => {
    const { kind, words } = verdictOn(compared(0.46, 0.51, 0.518), ALL);
    expect(kind).toBe('no signal');
    expect(words).toEqual([expect.stringMatching(/^No signal: /)]);
  });

  it('takes one that is only just above chance for chance, since three were tried', () => {
    expect(verdictOn(compared(0.5, 0.5, 0.522), ALL).kind).toBe('no signal');
    expect(verdictOn(compared(0.5, 0.5, 0.53), ALL).kind).toBe('does not separate');
  });

  it('says that nothing is to be gained where the interval of the gap spans 0', () => {
    const verdict = verdictOn(compared(0.74, 0.745, 0.75), ALL);
    expect(verdict).toMatchObject({ kind: 'separates', gapSpansZero: true, gapClosed: null });
    expect(verdict.words[1]).toMatch(/^Nothing to gain by other weights: .*spans 0\.$/);
  });

  it('says which share of the gap better weights would close', () => {
    const verdict = verdictOn(compared(0.7, 0.78, 0.8), ALL);
    expect(verdict.gapClosed).toBeCloseTo(0.8);
    expect(verdict.words[1]).toContain('would close 80 % of the gap');
  });

  it('claims nothing for other weights where their gain spans 0, nor that a signal is missing: the ceiling reads the same', () => {
    const { words } = verdictOn(compared(0.7, 0.71, 0.8), ALL);
    expect(words[1]).toContain('that other weights do can’t be told from chance');
    expect(words[1]).not.toContain('missing');
  });

  it('says so where a higher score means more losses', () => {
    const { kind, words } = verdictOn(compared(0.4, 0.6, 0.62), ALL);
    expect(kind).toBe('points the wrong way');
    expect(words[0]).toContain('points the wrong way');
  });

  it('does not judge a score that hardly any outcome has', () => {
    const { models, gaps } = compared(0.5, 0.7, 0.8);
    const none = { ...gaps, defaultToCeiling: null, defaultToSuggested: null };
    const { kind, words } = verdictOn(
      { models: { ...models, default: null }, gaps: none },
      { n: 500, scored: 3 },
    );
    expect(kind).toBe('no score');
    expect(words[0]).toContain('of 500 outcomes only 3 have one');
  });
});
