import type { Instant } from '../../../domain/day.js';
import type {
  ConsentReading,
  PersonToMatch,
  PersonToUpsert,
  UpsertOutcome,
} from '../../../ports/marketing.js';
import { type ContactBook, type StoredContact, storedFrom } from './contacts.js';
import { refusal } from './refusal.js';

export function readConsent(
  book: ContactBook,
  persons: readonly PersonToMatch[],
  readAt: Instant,
): readonly ConsentReading[] {
  return persons.map((person) => {
    const matches = matchesOf(book, person);
    const [first] = matches;
    const ambiguous = matches.length > 1;
    return {
      person: person.person,
      recordId: ambiguous ? null : (first?.id ?? null),
      optedOut: matches.some((contact) => contact.optedOut),
      bounced: matches.some((contact) => contact.bounced),
      inSequence: matches.some((contact) => contact.inSequence !== null),
      marketable: first?.marketable ?? null,
      lastMailedAt: first?.lastMailedAt ?? null,
      ambiguous,
      readAt,
    };
  });
}

function matchesOf(book: ContactBook, person: PersonToMatch): readonly StoredContact[] {
  const hits = [book.byStamp(person.contactId), book.byEmail(person.email)];
  return [...new Set(hits.filter((hit) => hit !== null))];
}

export function upsertPersons(
  book: ContactBook,
  persons: readonly PersonToUpsert[],
): readonly UpsertOutcome[] {
  return persons.map((person) => upsertOne(book, person));
}

function upsertOne(book: ContactBook, person: PersonToUpsert): UpsertOutcome {
  const found =
    person.recordId === null
      ? (book.byStamp(person.contactId) ?? book.byEmail(person.email))
      : book.byId(person.recordId);
  if (found === null && person.recordId !== null) {
    return { person: person.person, ok: false, refusal: refusal('OBJECT_NOT_FOUND') };
  }
  if (found === null && !/^\S+@\S+\.\S+$/.test(person.email)) {
    return { person: person.person, ok: false, refusal: refusal('INVALID_EMAIL') };
  }
  const contact = found ?? { ...storedFrom({ email: person.email }, 0), id: book.newId() };
  book.save({
    ...contact,
    stamp: person.contactId,
    properties: { ...contact.properties, ...person.properties },
  });
  return { person: person.person, ok: true, recordId: contact.id, created: found === null };
}
