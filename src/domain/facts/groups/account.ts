import { dayFact, flagFact, moneyFact, numberFact, textFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What the account row itself says, with stand-ins where another kind of row knows as well. */
export const ACCOUNT_FACTS = {
  'account.arr': moneyFact('annual recurring revenue', ['account.arr']),
  'account.oneTimeRevenue': moneyFact('one-time revenue in 12 months', ['account.oneTimeRevenue12m']),
  'account.serviceRevenue': moneyFact('service revenue in 12 months', ['account.serviceRevenue12m']),
  'account.revenue12m': moneyFact(
    'revenue in 12 months, the parts that are known',
    ['account.arr'],
    ['opportunity.amount', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'account.lifetimeRevenue': moneyFact('everything ever won', [
    'opportunity.amount',
    'opportunity.won',
    'opportunity.closeOn',
  ]),
  'account.seats': numberFact(['licensed seats', 'seats'], ['account.seats']),
  'account.featuresEntitled': numberFact(['features entitled', 'features'], ['account.featuresEntitled']),
  'account.customerSince': dayFact(
    'customer since',
    ['account.customerSince'],
    ['opportunity.won', 'opportunity.closeOn'],
  ),
  'account.tenureDays': numberFact(
    ['days as a customer', 'days'],
    ['account.customerSince'],
    ['opportunity.won', 'opportunity.closeOn'],
  ),
  'account.renewalOn': dayFact(
    'next renewal',
    ['account.renewalOn'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.closeOn'],
  ),
  'account.daysToRenewal': numberFact(
    ['days to the next renewal, negative when it has passed', 'days'],
    ['account.renewalOn'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.closeOn'],
  ),
  'account.createdOn': dayFact('account created', ['account.createdAt']),
  'account.industry': textFact('industry', ['account.industry']),
  'account.source': textFact('where the account came from', ['account.source']),
  'account.type': textFact('account type', ['account.type']),
  'account.country': textFact('country', ['account.country']),
  'account.hasCsm': flagFact('has a customer success manager', ['account.csmId']),
  'account.strategic': flagFact('strategic account', ['account.strategic']),
  'account.growthPotential': textFact('growth potential', ['account.growthPotential']),
  'account.wantsContact': flagFact('opted in to more contact', ['account.wantsContact']),
  'account.successPackage': textFact('success package bought', ['account.successPackage']),
  'account.valuePerception': textFact(
    'essential, nice to have or no longer needed',
    ['account.valuePerception'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
  ),
  'account.valuePerceptionDerived': flagFact(
    'value perception is derived from NPS',
    ['account.valuePerception'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
  ),
  'account.usedAsIntended': textFact('used as intended: yes, no or to be checked', [
    'account.usedAsIntended',
  ]),
  'account.criteriaAgreedOn': dayFact('success criteria agreed', ['account.criteriaAgreedOn']),
  'account.criteriaReviewedOn': dayFact('success criteria last reviewed', ['account.criteriaReviewedOn']),
  'account.criteriaShare': numberFact(
    ['share of the success target achieved', '%'],
    ['account.criteriaShare'],
  ),
  'account.existingHealth': textFact('health as the org already keeps it', ['account.existingHealth']),
  'account.churned': { ...flagFact('no longer a customer', ['account.churned']), outcome: true },
  'account.churnedOn': { ...dayFact('churned on', ['account.churnedOn']), outcome: true },
} as const satisfies Record<string, FactDefinition>;
