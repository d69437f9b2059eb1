import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assessHealth } from '../../../src/domain/health/assess-health.js';
import { pointsChanged } from '../../../src/domain/health/change.js';
import type { HealthPolicy } from '../../../src/domain/health/model.js';
import { apportion } from '../../../src/domain/health/points.js';
import {
  aDimension,
  aModel,
  anyFacts,
  anyModel,
  aPolicy,
  aSignal,
  assessDays,
  factsOf,
  TODAY,
} from './builders.js';

const lenient = { coverage: { minPresent: 0.3, enterUnknownBelow: 0.1, leaveUnknownAt: 0.1 } };
const anyPolicy = anyModel.map((model) => aPolicy(model, lenient));

function sum(lines: readonly { readonly cents: number; readonly shown: number }[]) {
  return {
    cents: lines.reduce((total, { cents }) => total + cents, 0),
    shown: lines.reduce((total, { shown }) => total + shown, 0),
  };
}

function assess(policy: HealthPolicy, facts: ReturnType<typeof factsOf>) {
  return assessHealth({ policy, facts, pulse: null, base: null, today: TODAY });
}

describe('points lost', () => {
  it('sum exactly to what is missing from 100, as computed and as shown', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, (policy, facts) => {
        const { assessment } = assess(policy, facts);
        if (assessment.score === null || assessment.shownScore === null) {
          expect(assessment.pointsLost).toEqual([]);
          return;
        }
        const lines = sum(assessment.pointsLost);
        expect(lines.cents).toBe(10_000 - assessment.score);
        expect(lines.shown).toBe(100 - assessment.shownScore);
      }),
    );
  });

  it('are carried by shares that sum to one', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, (policy, facts) => {
        const { assessment } = assess(policy, facts);
        const shares = assessment.signals.reduce((total, { share }) => total + share, 0);
        expect(shares).toBeCloseTo(assessment.raw === null ? 0 : 1, 9);
      }),
    );
  });

  it('go to the lowest guard alone where several hold', () => {
    const model = aModel([aDimension('a', [aSignal('x')])], []);
    const guards = [60, 30].map((cap, at) => ({
      id: `g${at}`,
      label: `guard ${at}`,
      cap,
      when: { source: 'true', facts: [], evaluate: () => true },
    }));
    const { assessment } = assess(aPolicy({ ...model, guards }), factsOf({ x: 90 }));
    expect(assessment.guards).toEqual(['g1', 'g0']);
    expect(assessment.score).toBe(3000);
    expect(assessment.pointsLost.map(({ source, shown }) => [source, shown])).toEqual([
      ['guard:g1', 60],
      ['x', 10],
    ]);
  });
});

describe('points changed', () => {
  it('sum exactly to the change of the score, as computed and as shown', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, anyFacts, (policy, before, after) => {
        const [first, second] = assessDays([{ facts: before }, { facts: after }], policy).map(
          ({ assessment }) => assessment,
        );
        const moved = second?.transition ?? null;
        if (!first || !second || moved === null || first.score === null || second.score === null) return;
        const lines = sum(moved.lines);
        expect(lines.cents).toBe(second.score - first.score);
        expect(lines.shown).toBe((second.shownScore ?? 0) - (first.shownScore ?? 0));
      }),
    );
  });

  it('are zero for a signal that only went missing at the average', () => {
    const side = { modelId: 'ongoing', modelVersion: 'v1', raw: 5000, score: 5000 };
    const signal = (id: string, score: number, share: number) => ({ id, score, share });
    const lines = pointsChanged(
      { ...side, signals: [signal('x', 5000, 0.5), signal('y', 4000, 0.25), signal('z', 6000, 0.25)] },
      { ...side, signals: [signal('y', 4000, 0.5), signal('z', 6000, 0.5)] },
      (id) => id,
    );
    expect(lines.find(({ source }) => source === 'x')).toBeUndefined();
    expect(sum(lines)).toEqual({ cents: 0, shown: 0 });
  });

  it('read the same backwards with the sign turned, also for what came or went', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, anyFacts, (policy, before, after) => {
        const moved = (days: readonly (typeof before)[]) =>
          assessDays(
            days.map((facts) => ({ facts })),
            policy,
          )[1]?.assessment.transition?.lines ?? [];
        const back = new Map(moved([after, before]).map(({ source, cents }) => [source, cents]));
        for (const { source, cents } of moved([before, after])) {
          expect(Math.abs(cents + (back.get(source) ?? 0))).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('equal the share times the change of the signal when weights hold', () => {
    const full = fc.integer({ min: 0, max: 100 });
    const values = fc.record({ a0: full, a1: full, a2: full, b0: full, b1: full, c0: full });
    fc.assert(
      fc.property(anyPolicy, values, values, (policy, before, after) => {
        const [first, second] = assessDays([{ facts: factsOf(before) }, { facts: factsOf(after) }], policy);
        for (const line of second?.assessment.transition?.lines ?? []) {
          if (line.source === 'guards') continue;
          const from = first?.assessment.signals.find(({ id }) => id === line.source);
          const to = second?.assessment.signals.find(({ id }) => id === line.source);
          const exact = (to?.share ?? 0) * ((to?.score ?? 0) - (from?.score ?? 0));
          expect(Math.abs(line.cents - exact)).toBeLessThan(2);
        }
      }),
    );
  });

  it('are one line where the model itself changed', () => {
    const policy = aPolicy(aModel([aDimension('a', [aSignal('x')])]));
    const next = { ...policy, version: 'v2' };
    const [, second] = assessDays(
      [{ facts: factsOf({ x: 80 }) }, { facts: factsOf({ x: 50 }), policy: next }],
      policy,
    );
    expect(second?.assessment.transition?.lines).toEqual([
      { source: 'model', label: 'the health model was changed', cents: -3000, shown: -30 },
    ]);
  });
});

describe('apportioning', () => {
  it('sums exactly and leaves no quota more than a whole behind', () => {
    const quotas = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(quotas, (given) => {
        const total = Math.round(given.reduce((all, quota) => all + quota, 0)) + 0;
        const parts = apportion(given, total);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        parts.forEach((part, index) => {
          expect(Math.abs(part - (given[index] ?? 0))).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('breaks ties for the larger quota, then for the earlier', () => {
    expect(apportion([0.5, 1.5, 0.5], 3)).toEqual([1, 2, 0]);
    expect(apportion([-0.5, 0.5], 0)).toEqual([0, 0]);
  });
});
