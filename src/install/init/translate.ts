import type { CrmRecord, FieldDescription } from '../../ports/crm.js';
import { CATEGORY_WORDS } from './lexicon.js';

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Values of a field for which we have categories: their picklist and what the sample holds. */
export function valuesOf(
  field: FieldDescription | undefined,
  sample: readonly CrmRecord[],
): readonly string[] {
  if (field === undefined) return [];
  const held = sample
    .map(({ values }) => values[field.name])
    .filter((value) => typeof value === 'string' && value !== '');
  return [...new Set([...field.picklistValues, ...held.map(String)])].sort();
}

export interface Translation {
  /** Their value -> our category, only where the two differ in words. */
  readonly translate: Readonly<Record<string, string>>;
  /** Values that fit no category of ours: they count as none. */
  readonly unknown: readonly string[];
}

/** Sorts their values into our categories; null when the attribute has none. */
export function translateValues(attribute: string, values: readonly string[]): Translation | null {
  const categories = CATEGORY_WORDS[attribute];
  if (categories === undefined) return null;
  const translate: Record<string, string> = {};
  const unknown: string[] = [];
  for (const value of values) {
    const found = Object.entries(categories).find(([, words]) => words.includes(plain(value)));
    if (found === undefined) unknown.push(value);
    else if (plain(found[0]) !== plain(value)) translate[value] = found[0];
  }
  return { translate, unknown };
}
