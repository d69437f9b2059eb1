import { ANALYTICS_ELEMENTS } from './analytics-elements.js';
import { OBJECT_ELEMENTS } from './object-elements.js';
import { PAGE_ELEMENTS } from './page-elements.js';

/** One element that a metadata type may hold. */
export interface ElementRule {
  readonly name: string;
  /** `string`, `boolean`, `number`, `any` (not looked into), or the name of another type. */
  readonly kind: string;
  readonly repeats: boolean;
  readonly required: boolean;
}

/**
 * Type -> what it may hold, in the order in which the platform itself writes it: the full name,
 * then by alphabet. Written as `name[:kind][*|!]`, where `*` repeats and `!` must be there.
 * Names after the Metadata API WSDL, version 47, and what later versions added (seen 2026-11).
 */
const TABLES: Readonly<Record<string, string>> = {
  ...OBJECT_ELEMENTS,
  ...ANALYTICS_ELEMENTS,
  ...PAGE_ELEMENTS,
};

const parsed = new Map<string, ReadonlyMap<string, ElementRule>>();

/** What a type may hold, or undefined for a type that is not looked into. */
export function elementsOf(type: string): ReadonlyMap<string, ElementRule> | undefined {
  const known = parsed.get(type);
  if (known) return known;
  const table = TABLES[type];
  if (table === undefined) return undefined;
  const rules = new Map(
    table
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => {
        const rule = ruleOf(word);
        return [rule.name, rule] as const;
      }),
  );
  parsed.set(type, rules);
  return rules;
}

function ruleOf(word: string): ElementRule {
  const [name = '', kind = 'string'] = word.replace(/[*!]$/, '').split(':');
  return { name, kind, repeats: word.endsWith('*'), required: word.endsWith('!') };
}
