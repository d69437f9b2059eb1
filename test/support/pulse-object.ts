import { generateBook } from '../../src/sandbox/book/generate-book.js';
import { field, lookup, picklist, SYSTEM_FIELDS } from '../../src/sandbox/salesforce/schema/fields.js';
import type { ObjectDefinition } from '../../src/sandbox/salesforce/schema/types.js';
import type { Book } from '../../src/sandbox/salesforce/store/base-rows.js';

const PULSE: ObjectDefinition = {
  name: 'Health_Pulse__c',
  label: 'Health Pulse',
  labelPlural: 'Health Pulses',
  keyPrefix: 'aHP',
  custom: true,
  createable: true,
  updateable: true,
  deletable: true,
  queryable: true,
  replicateable: true,
  fields: [
    ...SYSTEM_FIELDS,
    field('Name', 'string', { length: 80 }),
    lookup('Account__c', 'Account', { nillable: false, childRelationshipName: 'Health_Pulses__r' }),
    picklist('Value__c', ['healthy', 'watch', 'risk']),
    field('Reason__c', 'textarea', { length: 255 }),
    field('Expires_On__c', 'date'),
  ],
  validationRules: [],
};

/** A generated company whose org has the object for pulses already. */
export function bookWithPulses(request: { readonly accounts: number; readonly now: number }): Book {
  const book = generateBook({ ...request, seed: 7 });
  return { ...book, customObjects: [...book.customObjects, PULSE] };
}
