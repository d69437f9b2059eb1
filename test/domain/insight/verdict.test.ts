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
      defaultToBestSignal: null,
    },
  };
}

const ALL = { n: 500, scored: 500, bestSignalId: 'custom.contract', readings: 40 };

describe('The verdict', () => {
  it('is no signal where nothing that was tried is told apart from chance', () => {
    const { kind, words } = verdictOn(compared(0.46, 0.51, 0.518), ALL);
    expect(kind).toBe('no signal');
    expect(words).toEqual([expect.stringMatching(/^No signal: /)]);
  });

  it('takes one that is only just above chance for chance, since five are tried', () => {
    expect(verdictOn(compared(0.5, 0.5, 0.525), ALL).kind).toBe('no signal');
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

  it('says no more than all of the gap where other weights do better than the ceiling, in words and as a number', () => {
    const { gapClosed, words } = verdictOn(compared(0.7, 0.85, 0.8), ALL);
    expect(gapClosed).toBe(1);
    expect(words[1]).toContain('would close 100 % of the gap');
  });

  it.each([
    [
      'bestSignal',
      'defaultToBestSignal',
      0.45,
      /^The best single reading, custom\.contract, tells more than the score: /,
    ],
    ['existing', 'existingToDefault', -0.45, /^The health field of the org tells more than the score: /],
  ] as const)(
    'is not “no signal” beside a baseline that tells (%s): it names the baseline',
    (id, gap, gain, words) => {
      const { models, gaps } = compared(0.5, 0.51, 0.5);
      const found = verdictOn(
        {
          models: { ...models, [id]: figures(0.95, 0.04), ceiling: null },
          gaps: { ...gaps, [gap]: estimate(gain, 0.1), defaultToCeiling: null },
        },
        ALL,
      );
      expect(found).toMatchObject({ kind: 'does not separate', gapSpansZero: true, gapClosed: null });
      expect(found.words).toEqual([
        expect.stringMatching(/^The score does not separate/),
        expect.stringMatching(words),
      ]);
    },
  );

  it('takes the best of many readings for chance where the best of so many would be as good by luck', () => {
    const { models, gaps } = compared(0.5, 0.5, 0.5);
    const lucky = { models: { ...models, bestSignal: figures(0.6, 0.06) }, gaps };
    expect(verdictOn(lucky, ALL).kind).toBe('no signal');
    expect(verdictOn(lucky, { ...ALL, readings: 1 }).kind).toBe('does not separate');
  });

  it('tells no gap to a ceiling that could not be fitted', () => {
    const { models, gaps } = compared(0.7, 0.71, 0.5);
    const { words } = verdictOn(
      { models: { ...models, ceiling: null }, gaps: { ...gaps, defaultToCeiling: null } },
      ALL,
    );
    expect(words[1]).toContain('too few outcomes to fit a ceiling');
  });

  it('says of a score that is the same for all that it ranks nobody', () => {
    const { words } = verdictOn(compared(0.5, 0.8, 0.8, 0), ALL);
    expect(words[0]).toContain('it ranks nobody');
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
      { ...ALL, scored: 3 },
    );
    expect(kind).toBe('no score');
    expect(words[0]).toContain('of 500 outcomes only 3 have one');
  });
});
