import { describe, expect, it } from '@jest/globals';
import type { Facts } from '../../../src/domain/facts/fact.js';
import { type ExamineRules, examine, type ShownThen } from '../../../src/domain/insight/examine.js';
import { knownAt } from '../../../src/domain/insight/known-at.js';
import { aBasis, noon } from '../facts/builders.js';
import { aDimension, aModel, aPolicy, aSignal } from '../health/builders.js';
import { aSignalCandidate } from './examples.js';

const CUT = 20_000;

const rules: ExamineRules = {
  policy: aPolicy(aModel([aDimension('adoption', [aSignal('account.seats')])])),
  candidates: [aSignalCandidate('account.seats')],
  tiers: {
    tiers: [],
    measure: { source: '', facts: [], evaluate: () => null },
    measureLabel: 'Revenue',
    overrides: [],
    policy: { kind: 'thresholds', rules: [] },
    calm: { margin: 0, minDwell: 0, farPast: 0, maxMoves: 1, maxMovesDays: 30 },
  },
  segmentBy: 'account.industry',
};

/** An account with 80 seats, written on a day. */
function seen(writtenOn: number) {
  const values = { name: 'Acme', seats: 80, industry: 'Retail', createdAt: noon(CUT - 500) };
  const account = { id: 'A', accountId: 'A', stamp: noon(writtenOn), values };
  const known = knownAt({ account, rows: {} }, aBasis({ today: CUT }));
  if (known === null) throw new Error('the account was not there yet');
  return known;
}

function shown(day: number, inputs: Facts = {}): ShownThen {
  return { day, inputs, score: 33, band: 'risk', tier: 'hybrid' };
}

const SEATS = { 'account.seats': { value: 40, asOf: CUT - 9 } };

describe('An account at its cut-off', () => {
  it('is scored by today’s settings on what was known, where nothing was shown', () => {
    expect(examine(seen(CUT), [], rules)).toMatchObject({
      source: 'rebuilt',
      score: 8_000,
      band: 'healthy',
      segment: 'Retail',
      readings: [80],
      scores: [8_000],
    });
  });

  it('has no score where what it rests on was written over since', () => {
    expect(examine(seen(CUT + 1), [], rules)).toMatchObject({
      score: null,
      band: 'unknown',
      readings: [null],
    });
  });

  it('has the score, band and tier that were shown last at or before the cut-off', () => {
    const history = [
      shown(CUT + 1),
      shown(CUT - 100),
      { ...shown(CUT - 3), score: 55, band: 'watch' as const },
    ];
    const found = examine(seen(CUT), history, rules);
    expect(found).toMatchObject({ source: 'history', score: 5_500, band: 'watch', tier: 'hybrid' });
    expect(examine(seen(CUT), [shown(CUT + 1)], rules).source).toBe('rebuilt');
  });

  it('reads what history knows where the rows do not tell it any more, unless the entry is too old', () => {
    expect(examine(seen(CUT + 1), [shown(CUT - 35, SEATS)], rules).readings).toEqual([40]);
    expect(examine(seen(CUT + 1), [shown(CUT - 36, SEATS)], rules).readings).toEqual([null]);
    expect(examine(seen(CUT), [shown(CUT - 1, SEATS)], rules).readings).toEqual([80]);
  });
});
