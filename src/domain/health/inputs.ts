import type { Expression, Fact, Facts } from '../facts/fact.js';
import type { Guard, HealthModel, HealthPolicy, ModelDimension } from './model.js';

/** Every expression that the result can depend on, in the order of the policy. */
function expressionsOf(policy: HealthPolicy): readonly Expression[] {
  return [...policy.models.flatMap(ofModel), ...(policy.watermelon?.signs.map(({ when }) => when) ?? [])];
}

function ofModel({ when, dimensions, guards }: HealthModel): readonly Expression[] {
  return [
    ...(when ? [when] : []),
    ...dimensions.flatMap(ofDimension),
    ...guards.map((guard: Guard) => guard.when),
  ];
}

function ofDimension({ weightRules, signals }: ModelDimension): readonly Expression[] {
  return [
    ...weightRules.map(({ when }) => when),
    ...signals.flatMap(({ value, curves }) => [value, ...curves.flatMap(({ when }) => (when ? [when] : []))]),
  ];
}

function namedInTexts(policy: HealthPolicy): readonly string[] {
  const signals = policy.models.flatMap(({ dimensions }) => dimensions.flatMap((of) => of.signals));
  return signals.flatMap(({ text }) =>
    [...(text ?? '').matchAll(/\{([^}|]+)[^}]*\}/g)].map((found) => found[1] ?? ''),
  );
}

const readBy = new WeakMap<HealthPolicy, readonly string[]>();

/** Ids of all facts that a policy reads or puts into words, sorted; worked out once per policy. */
export function factsRead(policy: HealthPolicy): readonly string[] {
  const found = readBy.get(policy) ?? allFactsOf(policy);
  readBy.set(policy, found);
  return found;
}

function allFactsOf(policy: HealthPolicy): readonly string[] {
  const read = expressionsOf(policy).flatMap((expression) => expression.facts);
  const named = namedInTexts(policy).filter((name) => name !== 'value');
  return [...new Set([...read, ...named])].sort();
}

/**
 * The part of an account's facts that its assessment rests on; unknown ones are left out. Assessing
 * these again, on the same day, from the same base and policy, gives the same bytes.
 */
export function inputsOf(facts: Facts, policy: HealthPolicy): Facts {
  const known = factsRead(policy).flatMap((id): readonly (readonly [string, Fact])[] => {
    const fact = facts[id];
    return fact === undefined || fact.value === null ? [] : [[id, fact]];
  });
  return Object.fromEntries(known);
}
