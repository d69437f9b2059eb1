import type { BaseRows, Book } from '../salesforce/store/base-rows.js';
import { seeded } from '../seeded.js';
import { ACCOUNT_PREFIX, accountRow, subsidiariesOf } from './accounts.js';
import { type Activities, activities } from './activities.js';
import { dateOf, instantOf } from './calendar.js';
import { caseRows, caseSlots } from './cases.js';
import { contactRows, contactSlots, contactWithEmail } from './contacts.js';
import { CUSTOM_FIELDS, CUSTOM_OBJECTS } from './custom-fields.js';
import { indexOfRecordId } from './ids.js';
import { opportunityRows, opportunitySlots } from './opportunities.js';
import type { WithEmailLookup } from './people.js';
import type { Slots } from './slots.js';
import { surveyRows } from './surveys.js';
import { openWorld, type World } from './traits.js';
import { usageRows } from './usage.js';
import { userRows } from './users.js';

export interface BookRequest {
  readonly accounts: number;
  readonly seed: number;
  /** Milliseconds since 1970: the day the book is open at. */
  readonly now: number;
  /** Objects that this vendor does not have (custom ones vanish, standard ones stay empty). */
  readonly without?: readonly string[];
}

/** A software vendor's book of accounts: the same for the same request, each row computed when it is asked for. */
export function generateBook(request: BookRequest): Book & WithEmailLookup {
  const world = openWorld(seeded(request.seed), request.accounts, request.now);
  const contacts = contactSlots(world);
  const left = new Set((request.without ?? []).map((name) => name.toLowerCase()));
  const kept = ([name]: readonly [string, BaseRows]): boolean => !left.has(name.toLowerCase());
  return {
    rows: new Map(rowsOf(world, contacts).filter(kept)),
    customObjects: CUSTOM_OBJECTS.filter((object) => !left.has(object.name.toLowerCase())),
    customFields: CUSTOM_FIELDS,
    notes: [],
    orgName: 'Truenorth Demo',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    multiCurrency: false,
    contactWithEmail: (email) => contactWithEmail(world, contacts, email),
  };
}

function rowsOf(world: World, contacts: Slots): readonly (readonly [string, BaseRows])[] {
  const touches = activities(world, contacts);
  return [
    ['User', userRows(world)],
    ['Account', accountRows(world, touches)],
    ['Contact', contactRows(world, contacts)],
    ['Opportunity', opportunityRows(world, opportunitySlots(world))],
    ['Case', caseRows(world, caseSlots(world), contacts)],
    ['Task', touches.tasks],
    ['Event', touches.events],
    ['Product_Usage__c', usageRows(world)],
    ['Survey_Response__c', surveyRows(world, contacts)],
  ];
}

function accountRows(world: World, touches: Activities): BaseRows {
  return {
    count: world.accounts,
    rowAt: (index) => {
      const last = touches.lastOn(index);
      return { ...accountRow(world, index), LastActivityDate: last === null ? null : dateOf(last) };
    },
    indexOf: (id) => indexOfRecordId(ACCOUNT_PREFIX, id, world.accounts),
    childrenOf: (field, parentId) =>
      field === 'ParentId'
        ? subsidiariesOf(world, indexOfRecordId(ACCOUNT_PREFIX, parentId, world.accounts))
        : null,
    newestStamp: world.accounts === 0 ? '' : instantOf(world.newest),
  };
}
