import type { ObjectDefinition } from '../types.js';
import { ACTIVITIES } from './activities.js';
import { CAMPAIGNS } from './campaigns.js';
import { currencyFields, personAccountFields } from './editions.js';
import { PEOPLE } from './people.js';
import { PERMISSIONS } from './permissions.js';
import { SALES } from './sales.js';
import { SERVICE } from './service.js';
import { SETUP } from './setup.js';

/** What an org can have switched on that changes its standard objects. */
export interface Editions {
  readonly personAccounts?: boolean;
  readonly book: { readonly multiCurrency: boolean };
}

/** Exist only where several currencies are switched on: clients tell by them. */
const CURRENCY_OBJECTS: readonly string[] = ['CurrencyType', 'DatedConversionRate'];

/** The standard objects of an org with these features. */
export function standardObjects(editions: Editions): readonly ObjectDefinition[] {
  const all = [...SALES, ...PEOPLE, ...SERVICE, ...ACTIVITIES, ...CAMPAIGNS, ...PERMISSIONS, ...SETUP];
  const plain = all.filter(({ name }) => editions.book.multiCurrency || !CURRENCY_OBJECTS.includes(name));
  const withCurrency = editions.book.multiCurrency ? plain.map(currencyFields) : plain;
  return editions.personAccounts === true ? withCurrency.map(personAccountFields) : withCurrency;
}
