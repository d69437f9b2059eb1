import { FACTS_OF_ACCOUNT, FACTS_OF_CONTACT, isDerivable } from '../../domain/facts/catalogue.js';
import type { CrmMapping } from '../../ports/mapping.js';
import { withoutOutcomes } from '../expressions/vocabulary.js';
import type { CustomFacts } from '../resolved.js';
import type { Terms } from './reader.js';

/** What expressions may read, by where they stand. */
export interface AllTerms {
  /** Scores and tiers: no outcomes. */
  readonly scoring: Terms;
  /** Playbooks about accounts. */
  readonly account: Terms;
  /** Playbooks whose trigger is per person. */
  readonly person: Terms;
}

/** `account.arr`, `case.openedAt`: all that is read. */
function mappedAttributes(crm: CrmMapping): ReadonlySet<string> {
  return new Set(
    crm.objects.flatMap(({ kind, attributes }) => attributes.map(({ attribute }) => `${kind}.${attribute}`)),
  );
}

/** Without a readable mapping everything counts as known, so that the other files are still checked. */
function knownFacts(crm: CrmMapping | null, custom: CustomFacts): (fact: string) => boolean {
  if (crm === null) return () => true;
  const mapped = mappedAttributes(crm);
  const facts = Object.entries({ ...FACTS_OF_ACCOUNT, ...FACTS_OF_CONTACT });
  const known = new Set(facts.flatMap(([id, fact]) => (isDerivable(fact, mapped) ? [id] : [])));
  return (fact) => known.has(fact) || custom[fact] !== undefined;
}

/** The terms of an org: the catalogue, its own facts, and what of them its mapping lets be known. */
export function termsFor(crm: CrmMapping | null, custom: CustomFacts): AllTerms {
  const known = knownFacts(crm, custom);
  const account = { ...FACTS_OF_ACCOUNT, ...custom };
  const why = 'it is about one person; use it where "per" is person';
  const refused = Object.fromEntries(Object.keys(FACTS_OF_CONTACT).map((id) => [id, why]));
  const scoring = withoutOutcomes(account);
  return {
    scoring: { known, vocabulary: { facts: scoring.facts, refused: { ...scoring.refused, ...refused } } },
    account: { known, vocabulary: { facts: account, refused } },
    person: { known, vocabulary: { facts: { ...account, ...FACTS_OF_CONTACT }, refused: {} } },
  };
}
