import fc from 'fast-check';
import type { Condition, Expression, Facts, FactValue } from '../../../src/domain/facts/fact.js';
import { assessHealth, type HealthAnswer } from '../../../src/domain/health/assess-health.js';
import type { HealthState, Pulse } from '../../../src/domain/health/assessment.js';
import type {
  Guard,
  HealthModel,
  HealthPolicy,
  ModelDimension,
  ModelSignal,
} from '../../../src/domain/health/model.js';

export const TODAY = 20_000;

/** A fact per entry, as of the given day. */
export function factsOf(values: Readonly<Record<string, FactValue>>, asOf = TODAY): Facts {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, { value, asOf: value === null ? null : asOf }]),
  );
}

/** Reads one fact as it is. */
export function theFact(id: string): Expression {
  return { source: id, facts: [id], evaluate: (facts) => facts[id]?.value ?? null };
}

/** True while the fact is above zero; unknown with the fact. */
export function whenPositive(id: string): Condition {
  const evaluate = (facts: Facts) => {
    const value = facts[id]?.value ?? null;
    return value === null ? null : Number(value) > 0;
  };
  return { source: `${id} > 0.0`, facts: [id], evaluate };
}

export function aSignal(id: string, over: Partial<ModelSignal> = {}): ModelSignal {
  return {
    id,
    label: `label of ${id}`,
    unit: null,
    weight: 1,
    value: theFact(id),
    curves: [{ when: null, curve: { shape: 'linear', from: 0, to: 100 } }],
    freshFor: null,
    text: null,
    ...over,
  };
}

export function aDimension(
  id: string,
  signals: readonly ModelSignal[],
  over: Partial<ModelDimension> = {},
): ModelDimension {
  return { id, label: id, weight: 1, weightRules: [], signals, ...over };
}

export function aModel(dimensions: readonly ModelDimension[], guards: readonly Guard[] = []): HealthModel {
  return { id: 'ongoing', label: 'ongoing', when: null, dimensions, guards };
}

export function aPolicy(model: HealthModel, over: Partial<HealthPolicy> = {}): HealthPolicy {
  return {
    version: 'v1',
    models: [model],
    bands: { watchFrom: 40, healthyFrom: 70, margin: 3, dwell: 2 },
    coverage: { minPresent: 0.3, enterUnknownBelow: 0.5, leaveUnknownAt: 0.55 },
    watermelon: null,
    modelBreadth: 1,
    shownDrivers: 3,
    ...over,
  };
}

/** One dimension with one signal `x`: the score is the fact. */
export function plainPolicy(over: Partial<HealthPolicy> = {}): HealthPolicy {
  return aPolicy(aModel([aDimension('adoption', [aSignal('x')])]), over);
}

export interface DayOfFacts {
  readonly facts: Facts;
  readonly policy?: HealthPolicy;
  readonly pulse?: Pulse | null;
}

/** Assesses one day after the other, each from the state of the one before; answers in order. */
export function assessDays(days: readonly DayOfFacts[], policy: HealthPolicy): readonly HealthAnswer[] {
  let base: HealthState | null = null;
  return days.map((day, index) => {
    const answer: HealthAnswer = assessHealth({
      facts: day.facts,
      policy: day.policy ?? policy,
      pulse: day.pulse ?? null,
      base,
      today: TODAY + index,
    });
    base = answer.state;
    return answer;
  });
}

/** Days on which fact `x` takes these values. */
export function daysOfX(values: readonly number[]): readonly DayOfFacts[] {
  return values.map((x, index) => ({ facts: factsOf({ x }, TODAY + index) }));
}

const IDS = ['a0', 'a1', 'a2', 'b0', 'b1', 'c0'];

/** A model of three dimensions over six facts with any weights, and two guards on facts `g0`, `g1`. */
export const anyModel: fc.Arbitrary<HealthModel> = fc
  .record({
    signalWeights: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 6, maxLength: 6 }),
    weights: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 3, maxLength: 3 }),
    caps: fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })),
  })
  .map(({ signalWeights, weights, caps }) =>
    aModel(
      ['a', 'b', 'c'].map((dimension, at) =>
        aDimension(
          dimension,
          IDS.filter((id) => id.startsWith(dimension)).map((id) =>
            aSignal(id, { weight: signalWeights[IDS.indexOf(id)] ?? 1 }),
          ),
          { weight: weights[at] ?? 1 },
        ),
      ),
      caps.map((cap, at) => ({ id: `g${at}`, label: `guard ${at}`, when: whenPositive(`g${at}`), cap })),
    ),
  );

const reading = fc.option(fc.double({ min: -10, max: 110, noNaN: true }), { freq: 5, nil: null });
const guard = fc.constantFrom(0, 0, 1, null);

/** Facts for `anyModel`, some unknown. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    a0: reading,
    a1: reading,
    a2: reading,
    b0: reading,
    b1: reading,
    c0: reading,
    g0: guard,
    g1: guard,
  })
  .map((values) => factsOf(values));
