import type { FactBasis } from '../domain/facts/basis.js';
import { FACTS_OF_ACCOUNT } from '../domain/facts/catalogue.js';
import type { Expression } from '../domain/facts/fact.js';
import type { Candidate, Outcomes } from '../domain/insight/example.js';
import { SIGNALS } from '../domain/signals/catalogue.js';
import type { Settings } from '../ports/settings.js';

/** Where facts that no dimension knows would belong. */
const PROFILE = 'profile';
const TENURE = 'account.tenureDays';
/** A text with more values than these is a name, not a kind. */
const MOST_TEXTS = 12;

/**
 * What might tell who stays: every signal of a model, every other signal of the catalogue that can be known, and the
 * org's own fields on the account. Nothing that says how large a customer is: a score does not reward size.
 */
export function candidatesOf(settings: Settings, basis: FactBasis): readonly Candidate[] {
  const inModel = modelCandidates(settings);
  const known = new Set(inModel.map(({ id }) => id));
  const others = catalogueCandidates(basis).filter(({ id }) => !known.has(id));
  return [...inModel, ...others, ...factCandidates(settings, basis)];
}

function modelCandidates({ health }: Settings): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { dimensions } of health.models)
    for (const { id: dimension, signals } of dimensions)
      for (const signal of signals) {
        const id = `${dimension}.${signal.id}`;
        const { label, value } = signal;
        if (!found.has(id)) found.set(id, { id, label, dimension, value, signal, inModel: true });
      }
  return [...found.values()];
}

function catalogueCandidates(basis: FactBasis): readonly Candidate[] {
  return Object.entries(SIGNALS).flatMap(([id, { dimension, ...signal }]) => {
    const { label, value } = signal;
    if (!value.facts.every((fact) => basis.derivable.has(fact))) return [];
    return [{ id: `${dimension}.${id}`, label, dimension, value, signal: { ...signal, id }, inModel: false }];
  });
}

/** Words that say how large a customer is, or who it is. */
const SIZE =
  /(^|_)(arr|mrr|acv|tcv|revenues?|amount|charges?|price|seats?|licen[cs]es?|employees|headcount)(_|$)/i;

function factCandidates({ customFacts }: Settings, basis: FactBasis): readonly Candidate[] {
  const own = customFacts
    .filter(({ name, type, outcome }) => type !== 'day' && !outcome && !SIZE.test(name))
    .map(({ name, label }) => factCandidate(`custom.${name}`, label));
  const tenure = basis.derivable.has(TENURE) ? [factCandidate(TENURE, FACTS_OF_ACCOUNT[TENURE].label)] : [];
  return [...own, ...tenure];
}

function factCandidate(id: string, label: string): Candidate {
  const value: Expression = { source: id, facts: [id], evaluate: (facts) => facts[id]?.value ?? null };
  return { id, label, dimension: PROFILE, value, signal: null, inModel: false };
}

/** Without texts that turned out to have a value of their own for nearly everybody. */
export function withoutNames({ candidates, examples }: Outcomes): Outcomes {
  const kept = candidates.map(({ signal }, at) => signal !== null || textsAt(examples, at) <= MOST_TEXTS);
  const keep = <T>(list: readonly T[]): readonly T[] => list.filter((_, at) => kept[at] === true);
  return {
    candidates: keep(candidates),
    examples: examples.map((one) => ({
      ...one,
      readings: keep(one.readings),
      scores: keep(one.scores),
    })),
  };
}

function textsAt(examples: Outcomes['examples'], at: number): number {
  return new Set(examples.map(({ readings }) => readings[at]).filter((value) => typeof value === 'string'))
    .size;
}
