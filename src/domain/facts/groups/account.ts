import { rounded, sumOf } from '../aggregate.js';
import type { Derived, FactBasis } from '../book.js';
import { dayFact, flagFact, moneyFact, numberFact, textFact, timedFact } from '../define.js';
import type { FactDefinition, FactValue } from '../fact.js';
import { inOrgCurrency } from '../money.js';
import type { CrmRow } from '../record.js';
import { categoryOf, flagOf, numberOf, textOf } from '../row-values.js';

/** What the account row itself says, with stand-ins where another kind of row knows as well. */
export const ACCOUNT_FACTS = {
  'account.arr': moneyFact('annual recurring revenue', ['account.arr']),
  'account.oneTimeRevenue': moneyFact('one-time revenue in 12 months', ['account.oneTimeRevenue12m']),
  'account.serviceRevenue': moneyFact('service revenue in 12 months', ['account.serviceRevenue12m']),
  'account.revenue12m': moneyFact(
    'revenue in 12 months, the parts that are known',
    ['account.arr'],
    ['account.oneTimeRevenue12m'],
    ['account.serviceRevenue12m'],
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
  'account.tenureDays': timedFact(
    ['days as a customer', 'days'],
    ['account.customerSince'],
    ['opportunity.won', 'opportunity.closeOn'],
  ),
  'account.renewalOn': dayFact(
    'next renewal',
    ['account.renewalOn'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.closeOn'],
  ),
  'account.daysToRenewal': timedFact(
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
  'account.valueAsked': textFact('value perception by their own word', ['account.valuePerception']),
  'account.valueFromNps': numberFact(
    ['NPS answer that value perception is derived from', 'of 10'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
  ),
  'account.usedAsIntended': textFact('used as intended: yes, no or to be checked', [
    'account.usedAsIntended',
  ]),
  'account.referenceWilling': flagFact('willing to be a reference', ['account.referenceWilling']),
  'account.criteriaAgreedOn': dayFact('success criteria agreed', ['account.criteriaAgreedOn']),
  'account.criteriaReviewedOn': dayFact('success criteria last reviewed', ['account.criteriaReviewedOn']),
  'account.criteriaShare': numberFact(
    ['share of the success target achieved', '%'],
    ['account.criteriaShare'],
  ),
  'account.engagementLocked': flagFact('no playbook may start for the account', ['account.engagementLocked']),
  'account.incidentSince': dayFact('touched by a service incident since', ['account.incidentSince']),
  'account.existingHealth': textFact('health as the org already keeps it', ['account.existingHealth']),
  'account.churned': { ...flagFact('no longer a customer', ['account.churned']), outcome: true },
  'account.churnedOn': { ...dayFact('churned on', ['account.churnedOn']), outcome: true },
} as const satisfies Record<string, FactDefinition>;

/** What opportunities and surveys know that the account row may leave empty. */
export type Elsewhere = Readonly<
  Record<
    | 'opportunities.wonAmount'
    | 'opportunities.wonAmount365'
    | 'opportunities.firstWonOn'
    | 'opportunities.nextRenewalOn'
    | 'surveys.npsLatest',
    FactValue
  >
>;

/** Facts of the account row today, with stand-ins from elsewhere for what is empty on it. */
export function deriveAccount(
  account: CrmRow,
  elsewhere: Elsewhere,
  basis: FactBasis,
): Derived<keyof typeof ACCOUNT_FACTS> {
  return {
    values: {
      ...revenueOf(account, elsewhere, basis),
      ...daysOf(account, elsewhere, basis),
      ...tiesOf(account),
      ...perceivedValue(account, elsewhere),
      'account.seats': numberOf(account, 'seats'),
      'account.featuresEntitled': numberOf(account, 'featuresEntitled'),
      'account.industry': textOf(account, 'industry'),
      'account.source': textOf(account, 'source'),
      'account.type': textOf(account, 'type'),
      'account.country': textOf(account, 'country'),
      'account.existingHealth': textOf(account, 'existingHealth'),
      'account.churned': flagOf(account, 'churned'),
      'account.churnedOn': numberOf(account, 'churnedOn'),
    },
  };
}

const REVENUE_PARTS = ['arr', 'oneTimeRevenue12m', 'serviceRevenue12m'] as const;

/** Won amounts stand in for the year's revenue only where the account has no revenue field at all. */
function revenueOf(account: CrmRow, elsewhere: Elsewhere, basis: FactBasis) {
  const currency = textOf(account, 'currency');
  const [arr, oneTime, service] = REVENUE_PARTS.map((part) =>
    inOrgCurrency({ amount: numberOf(account, part), currency }, basis.rates, null),
  );
  const kept = REVENUE_PARTS.some((part) => basis.mapped.has(`account.${part}`));
  const sum = sumOf([arr ?? null, oneTime ?? null, service ?? null]);
  return {
    'account.arr': arr ?? null,
    'account.oneTimeRevenue': oneTime ?? null,
    'account.serviceRevenue': service ?? null,
    'account.revenue12m': kept ? sum && rounded(sum, 2) : elsewhere['opportunities.wonAmount365'],
    'account.lifetimeRevenue': elsewhere['opportunities.wonAmount'],
  };
}

function daysOf(account: CrmRow, elsewhere: Elsewhere, { today, dayOf }: FactBasis) {
  const createdAt = numberOf(account, 'createdAt');
  const since = numberOf(account, 'customerSince') ?? dayIn(elsewhere['opportunities.firstWonOn']);
  const renewalOn = numberOf(account, 'renewalOn') ?? dayIn(elsewhere['opportunities.nextRenewalOn']);
  return {
    'account.customerSince': since,
    'account.tenureDays': since === null ? null : today - since,
    'account.renewalOn': renewalOn,
    'account.daysToRenewal': renewalOn === null ? null : renewalOn - today,
    'account.createdOn': createdAt === null ? null : dayOf(createdAt),
    'account.incidentSince': numberOf(account, 'incidentSince'),
    'account.criteriaAgreedOn': numberOf(account, 'criteriaAgreedOn'),
    'account.criteriaReviewedOn': numberOf(account, 'criteriaReviewedOn'),
  };
}

function dayIn(value: FactValue): number | null {
  return typeof value === 'number' ? value : null;
}

function tiesOf(account: CrmRow) {
  return {
    'account.hasCsm': textOf(account, 'csmId') !== null,
    'account.strategic': flagOf(account, 'strategic'),
    'account.engagementLocked': flagOf(account, 'engagementLocked'),
    'account.referenceWilling': flagOf(account, 'referenceWilling'),
    'account.growthPotential': categoryOf(account, 'growthPotential'),
    'account.wantsContact': flagOf(account, 'wantsContact'),
    'account.successPackage': textOf(account, 'successPackage'),
  };
}

/** Where nobody answered, value perception follows the latest NPS answer, and says so. */
function perceivedValue(account: CrmRow, elsewhere: Elsewhere) {
  const asked = categoryOf(account, 'valuePerception');
  const nps = elsewhere['surveys.npsLatest'];
  const derived = asked === null && typeof nps === 'number' ? perceptionOf(nps) : null;
  return {
    'account.valueAsked': asked,
    'account.valueFromNps': derived === null ? null : nps,
    'account.valuePerception': asked ?? derived,
    'account.valuePerceptionDerived': asked === null && derived === null ? null : asked === null,
    'account.usedAsIntended': categoryOf(account, 'usedAsIntended'),
    'account.criteriaShare': numberOf(account, 'criteriaShare'),
  };
}

/** Promoter 9-10, passive 7-8, detractor 0-6. */
function perceptionOf(nps: number): string {
  if (nps >= 9) return 'essential';
  return nps >= 7 ? 'nice-to-have' : 'no-longer-needed';
}
