import { ATTRIBUTES } from '../../domain/facts/attributes.js';
import type { Attribute, MappedKind } from '../../domain/facts/record.js';
import type { CrmRecord, FieldDescription, ObjectDescription } from '../../ports/crm.js';
import { fitsType } from '../../ports/mapped-fields.js';
import { LEXICON, type Wording } from './lexicon.js';
import { holdsPhrase, shareOfPhrase, wordsOf } from './words.js';

/** A field that may hold an attribute. */
export interface Guess {
  readonly attribute: string;
  readonly field: string;
  /** 0-1: how sure the names, the type and the rows make us. */
  readonly confidence: number;
  /** Share of sampled rows that hold a value, 0-1; null without a sample. */
  readonly filled: number | null;
}

/** An object of the org with some of its rows. */
export interface SampledObject {
  readonly description: ObjectDescription;
  readonly sample: readonly CrmRecord[];
}

/** Guesses at or above this are taken without asking. */
export const SURE = 0.8;
/** Guesses below this are not worth a question. */
const POSSIBLE = 0.35;

/** Best guesses for every attribute of a kind, best first; a field serves one attribute only. */
export function matchFields(kind: MappedKind, object: SampledObject): ReadonlyMap<string, readonly Guess[]> {
  const all = Object.entries(LEXICON[kind]).flatMap(([attribute, wording]) =>
    guessesFor(kind, { attribute, wording }, object),
  );
  const ranked = [...all].sort((a, b) => b.confidence - a.confidence || (a.attribute < b.attribute ? -1 : 1));
  const taken = new Map<string, string>();
  for (const { attribute, field, confidence } of ranked) {
    const free = !taken.has(field) && ![...taken.values()].includes(attribute);
    if (free && confidence >= SURE) taken.set(field, attribute);
  }
  const kept = ranked.filter(({ attribute, field }) => (taken.get(field) ?? attribute) === attribute);
  return Map.groupBy(kept, ({ attribute }) => attribute);
}

interface Wanted {
  readonly attribute: string;
  readonly wording: Wording;
}

function guessesFor(
  kind: MappedKind,
  { attribute, wording }: Wanted,
  object: SampledObject,
): readonly Guess[] {
  const definition: Attribute | undefined = (ATTRIBUTES[kind] as Readonly<Record<string, Attribute>>)[
    attribute
  ];
  if (definition === undefined) return [];
  const direct = object.description.fields
    .filter((field) => fitsType(definition.type, field.type))
    .map((field) => ({ field, likeness: likenessOf(field, wording) }))
    .filter(({ likeness }) => likeness > 0)
    .map(({ field, likeness }) => guess({ attribute, wording }, { field: field.name, likeness }, object));
  return [...direct, ...parentPaths(attribute, wording, object)].filter(
    ({ confidence }) => confidence >= POSSIBLE,
  );
}

function guess(
  { attribute, wording }: Wanted,
  found: { readonly field: string; readonly likeness: number },
  object: SampledObject,
): Guess {
  const filled = filledShare(found.field, object.sample);
  return {
    attribute,
    field: found.field,
    confidence: Math.max(0, found.likeness - doubt(filled, wording)),
    filled,
  };
}

/** A field that nobody fills tells nothing: it may be the right one, but only a person can say so. */
function doubt(filled: number | null, { rare }: Wording): number {
  if (filled === null || rare === true) return 0;
  if (filled === 0) return 0.5;
  return filled < 0.02 ? 0.1 : 0;
}

/** How much a field's name and label say that it is this attribute, 0-1. */
function likenessOf(field: FieldDescription, { exact, words, not }: Wording): number {
  if (exact.some((name) => name.toLowerCase() === field.name.toLowerCase())) return 1;
  const spoken = [wordsOf(field.name), wordsOf(field.label)];
  if (spoken.some((said) => (not ?? []).some((phrase) => holdsPhrase(said, phrase)))) return 0;
  const likeness = words.flatMap((phrase) =>
    spoken
      .filter((said) => holdsPhrase(said, phrase))
      .map((said) => 0.55 + 0.4 * shareOfPhrase(said, phrase)),
  );
  return Math.max(0, ...likeness);
}

/** What is read of the user who is customer success manager. */
const OF_CSM: Readonly<Record<string, string>> = { csmName: 'Name', csmEmail: 'Email' };

/** `Owner.Email` and its like: the relationship must exist; the parent's own fields are taken on trust. */
function parentPaths(
  attribute: string,
  { exact }: Wording,
  { description }: SampledObject,
): readonly Guess[] {
  const ofCsm = OF_CSM[attribute];
  const csm = ofCsm === undefined ? [] : csmRelationships(description).map((name) => `${name}.${ofCsm}`);
  return [...exact, ...csm]
    .filter((name) => name.includes('.'))
    .filter((name) =>
      description.fields.some(({ relationshipName }) => relationshipName === name.split('.')[0]),
    )
    .map((field) => ({ attribute, field, confidence: 0.9, filled: null }));
}

/** A customer success manager is a user behind a lookup that every org names in its own way. */
function csmRelationships({ fields }: SampledObject['description']): readonly string[] {
  return fields.flatMap((field) => {
    const { referenceTo, relationshipName } = field;
    if (!referenceTo.includes('User') || relationshipName === null) return [];
    return likenessOf(field, LEXICON.account.csmId ?? { exact: [], words: [] }) > 0 ? [relationshipName] : [];
  });
}

function filledShare(field: string, sample: readonly CrmRecord[]): number | null {
  if (sample.length === 0) return null;
  const filled = sample.filter(
    ({ values }) => values[field] !== null && values[field] !== undefined && values[field] !== '',
  ).length;
  return filled / sample.length;
}
