import type { AccountSubject, Derived, FactBasis } from './book.js';
import type { FactId } from './catalogue.js';
import type { Fact, Facts, FactValue } from './fact.js';
import { ACCOUNT_FACTS, deriveAccount, type Elsewhere } from './groups/account.js';
import { ACTIVITY_FACTS, deriveActivity } from './groups/activity.js';
import { CASE_FACTS, deriveCases } from './groups/cases.js';
import { CONTACTS_FACTS, deriveContacts } from './groups/contacts.js';
import { deriveEngagement, ENGAGEMENT_FACTS } from './groups/engagement.js';
import { deriveOpportunities, OPPORTUNITY_FACTS } from './groups/opportunities.js';
import { derivePayments, PAYMENT_FACTS } from './groups/payments.js';
import { derivePerson, PERSON_FACTS } from './groups/person.js';
import { deriveRequests, REQUEST_FACTS } from './groups/requests.js';
import { deriveSurveys, SURVEY_FACTS } from './groups/surveys.js';
import { deriveUsage, USAGE_FACTS } from './groups/usage.js';
import type { CrmRow } from './record.js';

const UNKNOWN: Fact = { value: null, asOf: null };

/** Ids as written in a group of the catalogue: keys of an object literal, so the cast loses nothing. */
function idsOf<Id extends FactId>(group: Readonly<Record<Id, unknown>>): readonly Id[] {
  return Object.keys(group) as Id[];
}

const IDS = {
  account: idsOf(ACCOUNT_FACTS),
  payments: idsOf(PAYMENT_FACTS),
  opportunities: idsOf(OPPORTUNITY_FACTS),
  cases: idsOf(CASE_FACTS),
  contacts: idsOf(CONTACTS_FACTS),
  usage: idsOf(USAGE_FACTS),
  surveys: idsOf(SURVEY_FACTS),
  activity: idsOf(ACTIVITY_FACTS),
  requests: idsOf(REQUEST_FACTS),
  engagement: idsOf(ENGAGEMENT_FACTS),
  person: idsOf(PERSON_FACTS),
};

/**
 * Everything that is known of an account on a day, by fact id. Every account fact of
 * the catalogue and every custom one is present; what is not mapped, not readable or not known is
 * null. The order of rows makes no difference.
 */
export function deriveFacts(subject: AccountSubject, basis: FactBasis): Facts {
  const { account, rows } = subject;
  const facts: Record<string, Fact> = {};
  const collect = collector(facts, basis);
  const opportunities = deriveOpportunities(rows.opportunity, basis);
  const surveys = deriveSurveys(subject, basis);
  collect(IDS.account, deriveAccount(account, elsewhere(opportunities, surveys), basis));
  collect(IDS.payments, derivePayments(account, basis));
  collect(IDS.opportunities, opportunities);
  collect(IDS.cases, deriveCases(rows.case, basis));
  collect(IDS.contacts, deriveContacts(rows.contact, basis));
  collect(IDS.usage, deriveUsage(subject, basis));
  collect(IDS.surveys, surveys);
  collect(IDS.activity, deriveActivity(subject, basis));
  collect(IDS.requests, deriveRequests(rows.request, basis));
  collect(IDS.engagement, deriveEngagement(rows.engagement, basis.today));
  for (const { name } of basis.custom) {
    facts[`custom.${name}`] = known(account.values[`custom.${name}`] ?? null, basis.today);
  }
  return facts;
}

/** What is known of one contact on the day of `basis`, with the events of that person: to be read beside the facts of its account. */
export function contactFacts(
  contact: CrmRow,
  events: readonly CrmRow[] | undefined,
  basis: FactBasis,
): Facts {
  const facts: Record<string, Fact> = {};
  collector(facts, basis)(IDS.person, derivePerson(contact, events, basis));
  return facts;
}

function known(value: FactValue, asOf: number | null): Fact {
  return value === null ? UNKNOWN : { value, asOf };
}

function collector(facts: Record<string, Fact>, { today, derivable }: FactBasis) {
  return <Id extends FactId>(group: readonly Id[], derived: Derived<Id> | null) => {
    const otherwise = derived?.otherwiseAsOf === undefined ? today : derived.otherwiseAsOf;
    for (const id of group) {
      const value = derived && derivable.has(id) ? derived.values[id] : null;
      const asOf = derived?.asOf?.[id];
      facts[id] = known(value, asOf === undefined ? otherwise : asOf);
    }
  };
}

function elsewhere(
  opportunities: Derived<keyof typeof OPPORTUNITY_FACTS> | null,
  surveys: Derived<keyof typeof SURVEY_FACTS>,
): Elsewhere {
  const won = opportunities?.values;
  return {
    'opportunities.wonAmount': won?.['opportunities.wonAmount'] ?? null,
    'opportunities.wonAmount365': won?.['opportunities.wonAmount365'] ?? null,
    'opportunities.firstWonOn': won?.['opportunities.firstWonOn'] ?? null,
    'opportunities.nextRenewalOn': won?.['opportunities.nextRenewalOn'] ?? null,
    'surveys.npsLatest': surveys.values['surveys.npsLatest'],
  };
}
