import type { MappedKind } from '../../domain/facts/record.js';
import type { ObjectDescription, ObjectSummary } from '../../ports/crm.js';
import { OBJECT_LEXICON } from './lexicon.js';
import { holdsPhrase, shareOfPhrase, wordsOf } from './words.js';

/** Objects that may hold a kind, best first: by the name of standard objects, by the words of custom ones. */
export function objectsFor(kind: MappedKind, objects: readonly ObjectSummary[]): readonly string[] {
  const { exact, words, not } = OBJECT_LEXICON[kind];
  const standard = exact.filter((name) => objects.some((object) => object.name === name && object.queryable));
  const custom = objects
    .filter((object) => object.custom && object.queryable && !object.name.startsWith('Truenorth_'))
    .map(({ name, label }) => ({
      name,
      likeness: likeness([wordsOf(name), wordsOf(label)], words, not ?? []),
    }))
    .filter((found) => found.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1));
  return [...standard, ...custom.map(({ name }) => name)];
}

function likeness(
  spoken: readonly (readonly string[])[],
  phrases: readonly string[],
  not: readonly string[],
): number {
  if (spoken.some((said) => not.some((phrase) => holdsPhrase(said, phrase)))) return 0;
  return Math.max(
    0,
    ...phrases.flatMap((phrase) =>
      spoken.filter((said) => holdsPhrase(said, phrase)).map((said) => shareOfPhrase(said, phrase)),
    ),
  );
}

/** The field of a child object that points to the account: a reference to it, `AccountId` first. */
export function accountField(description: ObjectDescription): string | null {
  const references = description.fields.filter(({ referenceTo }) => referenceTo.includes('Account'));
  const standard = references.find(({ name }) => name === 'AccountId');
  return (standard ?? references[0])?.name ?? null;
}
