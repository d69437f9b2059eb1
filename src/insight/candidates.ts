import type { FactBasis } from '../domain/facts/basis.js';
import { FACTS_OF_ACCOUNT } from '../domain/facts/catalogue.js';
import type { Expression, FactValue } from '../domain/facts/fact.js';
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

/** Words in a field's name that say how large a customer is, or which one. */
const SIZE_OR_NAME =
  /_(arr|mrr|acv|tcv|revenues?|amount|charges?|price|seats?|licen[cs]es?|employees|headcount|id|key|number|name)_/i;

/** `monthlyCharges` is `_monthly_Charges_`. */
function tellsSizeOrName(field: string): boolean {
  return SIZE_OR_NAME.test(`_${field.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}_`);
}

function factCandidates({ customFacts }: Settings, basis: FactBasis): readonly Candidate[] {
  const own = customFacts
    .filter(({ name, type, outcome }) => type !== 'day' && !outcome && !tellsSizeOrName(name))
    .map(({ name, label }) => factCandidate(`custom.${name}`, label));
  const tenure = basis.derivable.has(TENURE) ? [factCandidate(TENURE, FACTS_OF_ACCOUNT[TENURE].label)] : [];
  return [...own, ...tenure];
}

function factCandidate(id: string, label: string): Candidate {
  const value: Expression = { source: id, facts: [id], evaluate: (facts) => facts[id]?.value ?? null };
  return { id, label, dimension: PROFILE, value, signal: null, inModel: false };
}

/** Without fields that turned out to have a value of their own for nearly everybody: texts, or whole numbers. */
export function withoutNames({ candidates, examples }: Outcomes): Outcomes {
  const kept = candidates.map(
    ({ signal }, at) => signal !== null || !isName(examples.map(({ readings }) => readings[at] ?? null)),
  );
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

/** Of so many whole numbers nearly all differ only where they count through the customers. */
const MANY = 100;
const NEARLY_ALL = 0.95;

function isName(values: readonly FactValue[]): boolean {
  const known = values.filter((value) => value !== null);
  const different = new Set(known).size;
  if (known.some((value) => typeof value === 'string')) return different > MOST_TEXTS;
  return known.length >= MANY && known.every(Number.isSafeInteger) && different > NEARLY_ALL * known.length;
}
