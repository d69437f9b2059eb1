/**
 * The contacts a portal starts with: computed from a seed and an index, or read from a file. Immutable;
 * what is written later lies over it. `at` must be cheap and give an equal contact each time, so that a
 * million contacts need no memory.
 */
export interface BaseContacts {
  /** Slots, not contacts: a slot may be empty. */
  readonly count: number;
  /** 0 <= index < count; null = the portal does not know this person. */
  readonly at: (index: number) => BaseContact | null;
  /** Slot of the contact with this primary or secondary address (any case), or -1. */
  readonly indexOfEmail: (email: string) => number;
}

export interface BaseContact {
  readonly email: string;
  readonly secondaryEmails: readonly string[];
  readonly firstName: string;
  readonly lastName: string;
  readonly companyName: string;
  readonly optedOut: boolean;
  /** A hard bounce: the address does not exist. */
  readonly bounced: boolean;
  /** Null = the account has no marketing contacts, as before they came. */
  readonly marketable: boolean | null;
  /** Index of the starting sequence that the contact is in now, or null. */
  readonly inSequence: number | null;
}

/** A person of the book: what the portal may or may not know. Several rows may carry one address. */
export interface BookPerson {
  /** '' when the row has none: such a person is never in the portal. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly companyName: string;
}

/** The book's contact rows, in any fixed order. `at` must be cheap and repeatable. */
export interface BookPeople {
  readonly count: number;
  readonly at: (index: number) => BookPerson;
  /** First row with this address (any case), or -1. `indexByEmail` makes one for books that can't compute it. */
  readonly indexOfEmail: (email: string) => number;
}

/** A user of the portal, with a connected inbox when `inbox` is true. */
export interface PortalUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly inbox: boolean;
}

/** A portal with nobody in it. */
export const NO_CONTACTS: BaseContacts = { count: 0, at: () => null, indexOfEmail: () => -1 };
