import { type Seeded, seeded } from '../../seeded.js';
import type { BaseContact, BaseContacts, BookPeople, BookPerson } from './base-contacts.js';

/** Shares of the book's people, and of those that the portal knows. */
const KNOWN = 0.6;
const OPTED_OUT = 0.05;
const BOUNCED = 0.03;
const IN_SEQUENCE = 0.04;
const NOT_MARKETING = 0.05;
/** Known under an older address, with the book's as the second one. */
const UNDER_OLD_ADDRESS = 0.04;
const OLD_HOST = 'former-mail.example';
const OLD_ADDRESS = new RegExp(`^p(\\d+)@${OLD_HOST.replaceAll('.', '\\.')}$`);

/** Which draw is meant, so that they are independent of each other. */
const DRAW = {
  known: 1,
  optedOut: 2,
  bounced: 3,
  inSequence: 4,
  oldAddress: 5,
  whichSequence: 6,
  notMarketing: 7,
} as const;

/** The portal's part of the book: about 60 % of its people, one contact per address, some of them not to be mailed. */
export function knownPeople(people: BookPeople, seed: number, sequences: number): BaseContacts {
  const chance = seeded(seed ^ 0x4b5);
  const at = (index: number): BaseContact | null => {
    if (chance.unit(DRAW.known, index) >= KNOWN) return null;
    const person = people.at(index);
    const email = person.email.trim().toLowerCase();
    if (!isAddress(email) || people.indexOfEmail(email) !== index) return null;
    return { ...names(person), ...drawn(chance, index, { email, sequences }) };
  };
  const slotOf = (email: string): number => {
    const old = OLD_ADDRESS.exec(email);
    return old === null ? people.indexOfEmail(email) : Number(old[1]);
  };
  return {
    count: people.count,
    at,
    indexOfEmail: (email) => {
      const wanted = email.trim().toLowerCase();
      const index = slotOf(wanted);
      const contact = index < 0 || index >= people.count ? null : at(index);
      return contact !== null && [contact.email, ...contact.secondaryEmails].includes(wanted) ? index : -1;
    },
  };
}

type Names = Pick<BaseContact, 'firstName' | 'lastName' | 'companyName'>;

function drawn(
  chance: Seeded,
  index: number,
  { email, sequences }: { readonly email: string; readonly sequences: number },
): Omit<BaseContact, keyof Names> {
  const falls = (draw: number, share: number): boolean => chance.unit(draw, index) < share;
  const old = falls(DRAW.oldAddress, UNDER_OLD_ADDRESS);
  return {
    email: old ? `p${index}@${OLD_HOST}` : email,
    secondaryEmails: old ? [email] : [],
    optedOut: falls(DRAW.optedOut, OPTED_OUT),
    bounced: falls(DRAW.bounced, BOUNCED),
    marketable: !falls(DRAW.notMarketing, NOT_MARKETING),
    inSequence: falls(DRAW.inSequence, IN_SEQUENCE)
      ? chance.whole(0, sequences - 1, DRAW.whichSequence, index)
      : null,
  };
}

function names(person: BookPerson): Names {
  return { firstName: person.firstName, lastName: person.lastName, companyName: person.companyName };
}

export function isAddress(email: string): boolean {
  return /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@.]{2,}$/.test(email);
}
