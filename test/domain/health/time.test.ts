import { describe, expect, it } from '@jest/globals';
import { assessHealth } from '../../../src/domain/health/assess-health.js';
import {
  aDimension,
  aModel,
  aPolicy,
  aSignal,
  assessDays,
  daysOfX,
  factsOf,
  plainPolicy,
  TODAY,
  theFact,
} from './builders.js';

function assessOn(today: number, policy = plainPolicy(), facts = factsOf({ x: 80 })) {
  return assessHealth({ policy, facts, pulse: null, base: null, today });
}

describe('a reading that rests on old facts', () => {
  const policy = aPolicy(aModel([aDimension('a', [aSignal('x', { freshFor: 14 })])]));

  it('is fresh for as many days as the signal says, then stale and missing', () => {
    expect(assessOn(TODAY + 14, policy).assessment.signals[0]?.state).toBe('present');
    const late = assessOn(TODAY + 15, policy).assessment;
    expect(late.signals[0]).toMatchObject({ state: 'stale', value: 80, score: null, share: 0 });
    expect(late.missing).toEqual(['x']);
  });

  it('is due on the day it grows stale', () => {
    expect(assessOn(TODAY, policy).dueOn).toBe(TODAY + 15);
    expect(assessOn(TODAY + 15, policy).dueOn).toBeNull();
  });
});

describe('the next day on which time alone can change the result', () => {
  it('is none where only rows can', () => {
    expect(assessOn(TODAY).dueOn).toBeNull();
  });

  it('is tomorrow where a window is counted or a day compared with today', () => {
    const reading = (id: string) =>
      aPolicy(aModel([aDimension('a', [aSignal('x', { value: theFact(id) })])]));
    const due = (id: string, value: number) => assessOn(TODAY, reading(id), factsOf({ [id]: value })).dueOn;
    expect(due('cases.openedLast30', 2)).toBe(TODAY + 1);
    expect(due('cases.openedLast30', 0)).toBeNull();
    expect(due('account.tenureDays', 40)).toBe(TODAY + 1);
    expect(due('usage.lastUsedOn', TODAY - 3)).toBe(TODAY + 1);
    expect(due('cases.open', 2)).toBeNull();
  });
});

describe('the trend', () => {
  const trends = (scores: readonly number[]) =>
    assessDays(daysOfX(scores), plainPolicy()).map(({ assessment }) => assessment.trend);

  it('is flat at first and under small moves', () => {
    expect(trends([50, 52, 51, 48])).toEqual(['flat', 'flat', 'flat', 'flat']);
  });

  it('compares with the score of 28 days ago', () => {
    const seen = trends([50, ...Array.from({ length: 40 }, () => 60)]);
    expect(seen[1]).toBe('up');
    expect(seen[28]).toBe('up');
    expect(seen[29]).toBe('flat');
    expect(trends([50, 40])[1]).toBe('down');
  });

  it('keeps only what the window needs', () => {
    const days = assessDays(daysOfX(Array.from({ length: 90 }, (_, day) => day)), plainPolicy());
    expect(days.at(-1)?.state.trail).toHaveLength(29);
    expect(days.at(-1)?.dueOn).toBe(TODAY + 90);
  });
});
