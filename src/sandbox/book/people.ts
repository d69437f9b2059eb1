import type { BookPeople } from '../hubspot/store/base-contacts.js';
import { indexByEmail } from '../hubspot/store/email-index.js';
import { type Book, NO_ROWS } from '../salesforce/store/base-rows.js';

/** A book that can say which contact row holds an address without looking at all of them. */
export interface WithEmailLookup {
  /** Index of the first contact row with this address (trimmed, lower case), or -1. */
  readonly contactWithEmail?: (email: string) => number;
}

/** The book's contacts as the marketing tool meets them. */
export function people(book: Book & WithEmailLookup): BookPeople {
  const contacts = book.rows.get('Contact') ?? NO_ROWS;
  const accounts = book.rows.get('Account') ?? NO_ROWS;
  const emailAt = (index: number): string => text(contacts.rowAt(index).Email).trim();
  let lookup = book.contactWithEmail;
  const companyOf = (accountId: string): string => {
    const index = accounts.indexOf(accountId);
    return index < 0 ? '' : text(accounts.rowAt(index).Name).trim();
  };
  return {
    count: contacts.count,
    at: (index) => {
      const row = contacts.rowAt(index);
      return {
        email: text(row.Email).trim(),
        firstName: text(row.FirstName),
        lastName: text(row.LastName),
        companyName: companyOf(text(row.AccountId)),
      };
    },
    indexOfEmail: (email) => {
      lookup ??= indexByEmail(contacts.count, emailAt);
      return lookup(email.trim().toLowerCase());
    },
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
