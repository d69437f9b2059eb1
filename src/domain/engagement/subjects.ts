import type { FactBasis } from '../facts/basis.js';
import { contactFacts } from '../facts/derive.js';
import type { Facts } from '../facts/fact.js';
import type { CrmRow } from '../facts/record.js';
import { textOf } from '../facts/row-values.js';
import { type MomentReading, momentFacts } from './moments.js';
import type { Person } from './person.js';
import type { SubjectKind } from './playbook.js';
import { requestsOf } from './requests.js';

export const ACCOUNT_SUBJECT = 'account';

/** What a trigger is about: the account, one of its persons, a request or a moment. */
export interface Subject {
  /** `account`, a person's key (the contact's id where there is no address), a request's id or a moment's key. */
  readonly key: string;
  readonly facts: Facts;
  /** Who may be written to about it. */
  readonly persons: readonly Person[];
}

export interface SubjectSource {
  readonly facts: Facts;
  readonly persons: readonly Person[];
  readonly rows: Readonly<Partial<Record<string, readonly CrmRow[]>>>;
  readonly moments: readonly MomentReading[];
}

/** Everything that a playbook of this kind looks at, in an order that does not depend on how rows came in. */
export function subjectsOf(kind: SubjectKind, source: SubjectSource, basis: FactBasis): readonly Subject[] {
  switch (kind) {
    case 'account':
      return [{ key: ACCOUNT_SUBJECT, facts: source.facts, persons: source.persons }];
    case 'person':
      return people(source, basis);
    case 'request':
      return requests(source, basis);
    case 'moment':
      return source.moments.map((reading) => ({
        key: reading.key,
        facts: { ...source.facts, ...momentFacts(reading, basis.today) },
        persons: source.persons,
      }));
  }
}

/** Persons, not rows: a contact whose address another row carries, too, is no subject of its own. */
function people(source: SubjectSource, basis: FactBasis): readonly Subject[] {
  const byContact = new Map(source.persons.map((person) => [person.contactId, person]));
  const events = source.rows.engagement;
  return [...(source.rows.contact ?? [])]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter((row) => byContact.has(row.id) || textOf(row, 'email') === null)
    .map((row) => {
      const person = byContact.get(row.id);
      const own = events?.filter((event) => textOf(event, 'person') === person?.person);
      const facts = { ...source.facts, ...contactFacts(row, own, basis) };
      return { key: person?.person ?? row.id, facts, persons: person ? [person] : [] };
    });
}

/** Whoever asked is written to; where nobody is named, whom the playbook would choose. */
function requests(source: SubjectSource, basis: FactBasis): readonly Subject[] {
  return requestsOf(source.rows, basis).map(({ key, contactId, facts }) => {
    const asked = source.persons.filter((person) => person.contactIds.includes(contactId ?? ''));
    return {
      key,
      facts: { ...source.facts, ...facts },
      persons: asked.length > 0 ? asked : source.persons,
    };
  });
}
