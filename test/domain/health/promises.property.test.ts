import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Facts } from '../../../src/domain/facts/fact.js';
import { assessHealth } from '../../../src/domain/health/assess-health.js';
import type { HealthModel } from '../../../src/domain/health/model.js';
import { type HealthRecord, recordOf, replayHealth } from '../../../src/domain/health/replay.js';
import {
  aDimension,
  aModel,
  anyFacts,
  anyModel,
  aPolicy,
  aSignal,
  assessDays,
  factsOf,
  plainPolicy,
  TODAY,
} from './builders.js';

const everySource = { minPresent: 0.3, enterUnknownBelow: 0.5, leaveUnknownAt: 0.55 };

function rawOf(model: HealthModel, facts: Facts): number | null {
  const policy = aPolicy(model, { coverage: { ...everySource, minPresent: 0 } });
  return assessHealth({ policy, facts, pulse: null, base: null, today: TODAY }).assessment.raw;
}

describe('an assessment', () => {
  it('of the same day from the same base is the same to the byte', () => {
    fc.assert(
      fc.property(anyModel, fc.array(anyFacts, { minLength: 2, maxLength: 5 }), (model, days) => {
        const policy = aPolicy(model);
        const before = assessDays(
          days.slice(0, -1).map((facts) => ({ facts })),
          policy,
        );
        const base = before.at(-1)?.state ?? null;
        const facts = { ...days.at(-1), 'custom.other': { value: 7, asOf: TODAY } };
        const question = { policy, facts, pulse: null, base, today: TODAY + days.length - 1 };
        const first = JSON.stringify(assessHealth(question));
        expect(JSON.stringify(assessHealth(question))).toBe(first);
      }),
    );
  });

  it('comes out again, byte for byte, from what history keeps', () => {
    fc.assert(
      fc.property(anyModel, fc.array(anyFacts, { minLength: 2, maxLength: 5 }), (model, days) => {
        const policy = aPolicy(model);
        const base =
          assessDays(
            days.slice(0, -1).map((facts) => ({ facts })),
            policy,
          ).at(-1)?.state ?? null;
        const facts = { ...days.at(-1), 'custom.other': { value: 7, asOf: TODAY } };
        const question = { policy, facts, pulse: null, base, today: TODAY + days.length - 1 };
        const kept: HealthRecord = JSON.parse(JSON.stringify(recordOf(question)));
        expect(kept.inputs['custom.other']).toBeUndefined();
        expect(JSON.stringify(replayHealth(kept, policy))).toBe(
          JSON.stringify(assessHealth(question).assessment),
        );
      }),
    );
  });

  it('of unchanged facts changes nothing but the day', () => {
    fc.assert(
      fc.property(anyModel, anyFacts, (model, facts) => {
        const [, second, third] = assessDays([{ facts }, { facts }, { facts }], aPolicy(model));
        expect(second?.assessment.transition).toBeNull();
        expect(third?.assessment.pointsLost).toEqual(second?.assessment.pointsLost);
        expect(third?.assessment.shownScore).toBe(second?.assessment.shownScore);
      }),
    );
  });

  it('never falls when one signal improves', () => {
    const ids = ['a0', 'a1', 'a2', 'b0', 'b1', 'c0'];
    const gain = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(anyModel, anyFacts, fc.constantFrom(...ids), gain, (model, facts, id, more) => {
        const value = facts[id]?.value;
        fc.pre(typeof value === 'number');
        const better = { ...facts, [id]: { value: Number(value) + more, asOf: TODAY } };
        expect(rawOf(model, better) ?? 0).toBeGreaterThanOrEqual(rawOf(model, facts) ?? 0);
      }),
    );
  });

  it('does not depend on the scale of the weights of dimensions', () => {
    fc.assert(
      fc.property(anyModel, anyFacts, fc.integer({ min: 2, max: 97 }), (model, facts, times) => {
        const dimensions = model.dimensions.map((of) => ({ ...of, weight: of.weight * times }));
        expect(rawOf({ ...model, dimensions }, facts)).toBe(rawOf(model, facts));
      }),
    );
  });

  it('has the transition of the day on which what is shown changed, until the next', () => {
    const days = [80, 80, 60, 60, 61].map((x) => ({ facts: factsOf({ x }) }));
    const seen = assessDays(days, plainPolicy()).map(({ assessment }) => assessment.transition);
    expect(seen.map((transition) => transition?.day ?? null)).toEqual([
      null,
      null,
      TODAY + 2,
      TODAY + 2,
      TODAY + 4,
    ]);
    expect(seen[3]).toMatchObject({ fromScore: 80, toScore: 60, fromBand: 'healthy', toBand: 'watch' });
  });

  it('leaves a dimension out of which too little is present, yet counts it in coverage', () => {
    const model = aModel([
      aDimension('a', [aSignal('x')], { weight: 3 }),
      aDimension('b', [aSignal('y', { weight: 2 }), aSignal('z', { weight: 8 })], { weight: 1 }),
    ]);
    const facts = factsOf({ x: 80, y: 10, z: null });
    const { assessment } = assessHealth({
      policy: aPolicy(model),
      facts,
      pulse: null,
      base: null,
      today: TODAY,
    });
    expect(assessment.raw).toBe(8000);
    expect(assessment.dimensions.b).toBeNull();
    expect(assessment.coverage).toBe(0.8);
  });

  it('halves a weight where a rule says so', () => {
    const half = { when: { source: 'true', facts: [], evaluate: () => true }, percent: 50 };
    const model = aModel([
      aDimension('a', [aSignal('x')], { weight: 2, weightRules: [half] }),
      aDimension('b', [aSignal('y')], { weight: 1 }),
    ]);
    expect(rawOf(model, factsOf({ x: 100, y: 0 }))).toBe(5000);
  });
});
