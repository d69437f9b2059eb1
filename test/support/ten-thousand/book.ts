import { type MemoryCrm, memoryCrm } from '../../../src/adapters/crm/memory/index.js';
import type {
  BaseContact,
  BaseContacts,
  PortalUser,
} from '../../../src/sandbox/hubspot/store/base-contacts.js';
import { OBJECTS } from '../world/objects.js';

/** People of one account. */
export const PEOPLE_EACH = 4;

/** Whose names the messages go out in; accounts are shared out in turn. */
export const SENDERS: readonly PortalUser[] = ['ada@vendor.example', 'ben@vendor.example'].map((email) => ({
  email,
  firstName: 'Some',
  lastName: 'Body',
  inbox: true,
}));

const addressOf = (person: number): string => `p${person}@customer.example`;
export const personOf = (email: string): number => Number(/^p(\d+)@/.exec(email)?.[1] ?? -1);

/** HubSpot knows the people of every other account of the first so many persons, by address alone. */
export function knownToHubspot(persons: number): BaseContacts {
  const isKnown = (person: number): boolean =>
    person >= 0 && person < persons && Math.floor(person / PEOPLE_EACH) % 2 === 0;
  return {
    count: persons,
    at: (person) => (isKnown(person) ? aContact(addressOf(person)) : null),
    indexOfEmail: (email) => (isKnown(personOf(email)) ? personOf(email) : -1),
  };
}

function aContact(email: string): BaseContact {
  return {
    email,
    secondaryEmails: [],
    firstName: 'Some',
    lastName: 'Body',
    companyName: '',
    optedOut: false,
    bounced: false,
    marketable: null,
    inSequence: null,
  };
}

/** A CRM whose accounts have four people each, all of whom may be written to. */
export interface Book {
  readonly crm: MemoryCrm;
  /** So many more accounts; their ids. Persons are numbered on. */
  readonly grow: (accounts: number, arr: number) => readonly string[];
}

export function aBook(now: () => number): Book {
  const org = { id: '00D000000000001AAA', name: 'Large', timeZone: 'UTC', currency: 'EUR' };
  const crm = memoryCrm({
    org: { ...org, multiCurrency: false, production: false },
    objects: OBJECTS,
    clock: { now, sleep: async () => {} },
    pageSize: 2_000,
    meaning: () => () => true,
    refuse: () => null,
  });
  const users = SENDERS.map(({ email }) => crm.tables.insert('User', { Email: email, IsActive: true }));
  let accounts = 0;
  let persons = 0;
  const one = (arr: number): string => {
    const owner = users[accounts % users.length] ?? '';
    accounts += 1;
    const values = { Name: `Account ${accounts}`, ARR__c: arr, OwnerId: owner, CSM__c: owner };
    const account = crm.tables.insert('Account', values);
    for (let nth = 0; nth < PEOPLE_EACH; nth += 1) {
      const Email = addressOf(persons);
      persons += 1;
      crm.tables.insert('Contact', { AccountId: account, Role__c: 'user', HasOptedOutOfEmail: false, Email });
    }
    return account;
  };
  return { crm, grow: (count, arr) => Array.from({ length: count }, () => one(arr)) };
}
