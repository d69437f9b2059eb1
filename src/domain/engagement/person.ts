import type { CrmRow } from '../facts/record.js';
import { categoryOf } from '../facts/row-values.js';
import { CONTACT_ROLES, type ContactRole, type Playbook } from './playbook.js';

/** Someone who can be mailed: one normalised address, however many rows carry it. */
export interface Person {
  /** Keyed hash of the normalised address. */
  readonly person: string;
  readonly contactId: string;
  /** Every row of the account that carries the address, `contactId` first. */
  readonly contactIds: readonly string[];
  readonly email: string;
  /** False = written, but no address: refused, never guessed. */
  readonly valid: boolean;
  readonly role: ContactRole;
  /** Any duplicate row's opt-out, bounce or departure counts. */
  readonly optedOut: boolean;
  readonly bounced: boolean;
  readonly left: boolean;
}

/** Trimmed and lower-cased; null when it cannot be an address. */
export function normaliseEmail(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const email = written.trim().toLowerCase();
  return /^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]]+\.[^\s@."(),:;<>[\\\]]{2,}$/.test(email) ? email : null;
}

/** What stands in the field, trimmed and lower-cased; null when nothing does. */
function writtenEmail(written: unknown): string | null {
  const email = typeof written === 'string' ? written.trim().toLowerCase() : '';
  return email === '' ? null : email;
}

/** Contact rows of one account as persons, in id order; rows with the same address become one. */
export function personsOf(rows: readonly CrmRow[], hashOf: (email: string) => string): readonly Person[] {
  const found = new Map<string, Person>();
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const email = writtenEmail(row.values.email);
    if (email === null) continue;
    const here: Person = {
      person: hashOf(email),
      contactId: row.id,
      contactIds: [row.id],
      email,
      valid: normaliseEmail(email) !== null,
      role: roleOf(categoryOf(row, 'role')),
      optedOut: row.values.optedOut === true,
      bounced: row.values.bounced === true || typeof row.values.bouncedAt === 'number',
      left: row.values.left === true,
    };
    const before = found.get(email);
    found.set(email, before ? joined(before, here) : here);
  }
  return [...found.values()];
}

function joined(first: Person, second: Person): Person {
  const better =
    CONTACT_ROLES.indexOf(second.role) < CONTACT_ROLES.indexOf(first.role) ? second.role : first.role;
  return {
    ...first,
    contactIds: [...first.contactIds, ...second.contactIds],
    role: better,
    optedOut: first.optedOut || second.optedOut,
    bounced: first.bounced || second.bounced,
    left: first.left && second.left,
  };
}

function roleOf(written: string | null): ContactRole {
  const role = CONTACT_ROLES.find((known) => known === written);
  return role ?? 'other';
}

/** Spare persons who take the place of somebody who turns out not to be reachable. */
const SPARES = 2;

export interface Chosen {
  readonly person: Person;
  /** Place among those whom the CRM lets us write to, from 0; the next free one for those whom it does not. */
  readonly rank: number;
}

/**
 * Persons in the playbook's role order: those whom the CRM lets us write to until the number is full, some
 * spares, and on the way those whom it does not. Who left the company is never chosen.
 */
export function choosePersons(
  { audience: { roles, maxPersons } }: Pick<Playbook, 'audience'>,
  persons: readonly Person[],
): readonly Chosen[] {
  const inOrder = persons
    .filter((person) => !person.left && roles.includes(person.role))
    .sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || (a.contactId < b.contactId ? -1 : 1));
  const chosen: Chosen[] = [];
  let rank = 0;
  for (const person of inOrder) {
    if (rank >= maxPersons + SPARES) break;
    const open = person.valid && !person.bounced && !person.optedOut;
    if (open || rank < maxPersons) chosen.push({ person, rank });
    if (open) rank += 1;
  }
  return chosen;
}
