import { ATTRIBUTES } from '../../domain/facts/attributes.js';
import { FACTS_OF_ACCOUNT, FACTS_OF_STANDING } from '../../domain/facts/catalogue.js';
import { WRITTEN_FIELDS } from '../../ports/mapping.js';
import type { CustomFacts } from '../resolved.js';

function attributeNames(kind: 'account' | 'contact'): readonly string[] {
  return Object.keys(ATTRIBUTES[kind]).map((name) => `${kind}.${name}`);
}

/** What a company can carry: written values, attributes of the account, facts of it, and what we make of it. */
export function carriedByCompany(custom: CustomFacts): readonly string[] {
  return [
    ...new Set([
      ...WRITTEN_FIELDS,
      ...attributeNames('account'),
      ...Object.keys(FACTS_OF_ACCOUNT),
      ...Object.keys(FACTS_OF_STANDING),
      ...Object.keys(custom),
    ]),
  ];
}

/** What a person can carry: the same, and attributes of the contact. */
export function carriedByPerson(custom: CustomFacts): readonly string[] {
  return [...carriedByCompany(custom), ...attributeNames('contact')];
}
