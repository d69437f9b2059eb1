import type { FactDefinition } from './fact.js';
import { ACCOUNT_FACTS } from './groups/account.js';
import { ACTIVITY_FACTS } from './groups/activity.js';
import { CASE_FACTS } from './groups/cases.js';
import { CONTACTS_FACTS } from './groups/contacts.js';
import { ENGAGEMENT_FACTS } from './groups/engagement.js';
import { OPPORTUNITY_FACTS } from './groups/opportunities.js';
import { PAYMENT_FACTS } from './groups/payments.js';
import { PERSON_FACTS } from './groups/person.js';
import { REQUEST_FACTS, REQUEST_SUBJECT_FACTS } from './groups/requests.js';
import { MOMENT_FACTS, STANDING_FACTS } from './groups/standing.js';
import { SURVEY_FACTS } from './groups/surveys.js';
import { USAGE_FACTS } from './groups/usage.js';

/** Facts about an account: every id is present in what `deriveFacts` gives, unknown ones as null. */
export const FACTS_OF_ACCOUNT = {
  ...ACCOUNT_FACTS,
  ...PAYMENT_FACTS,
  ...OPPORTUNITY_FACTS,
  ...CASE_FACTS,
  ...CONTACTS_FACTS,
  ...USAGE_FACTS,
  ...SURVEY_FACTS,
  ...ACTIVITY_FACTS,
  ...REQUEST_FACTS,
  ...ENGAGEMENT_FACTS,
} as const satisfies Record<string, FactDefinition>;

/** Facts about one contact, beside those of its account: only in expressions whose subject is a person. */
export const FACTS_OF_CONTACT = PERSON_FACTS;

/** Facts about one request, where the subject is a request. */
export const FACTS_OF_REQUEST = REQUEST_SUBJECT_FACTS;

/** Facts about one moment, where the subject is a moment. */
export const FACTS_OF_MOMENT = MOMENT_FACTS;

/** What our own assessment says of the account: for playbooks only. */
export const FACTS_OF_STANDING = STANDING_FACTS;

export type AccountFactId = keyof typeof FACTS_OF_ACCOUNT;
export type ContactFactId = keyof typeof FACTS_OF_CONTACT;
export type FactId = AccountFactId | ContactFactId;

/** Every built-in fact by dotted id. Facts of mapped custom fields are `custom.<name>` and not in here. */
export const FACTS: Readonly<Record<FactId, FactDefinition>> = { ...FACTS_OF_ACCOUNT, ...FACTS_OF_CONTACT };

/** True when what is mapped lets the fact be known: all of one of the sets of attributes that serve. */
export function isDerivable(fact: FactDefinition, mapped: ReadonlySet<string>): boolean {
  return [fact.needs, ...(fact.orNeeds ?? [])].some((names) => names.every((name) => mapped.has(name)));
}
