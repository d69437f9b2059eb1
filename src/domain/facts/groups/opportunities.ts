import { dayFact, moneyFact, numberFact, textFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What is open, won and lost. */
export const OPPORTUNITY_FACTS = {
  'opportunities.open': numberFact(['open opportunities', 'opportunities'], ['opportunity.closed']),
  'opportunities.openNew': numberFact(
    ['open new opportunities', 'opportunities'],
    ['opportunity.type', 'opportunity.closed'],
  ),
  'opportunities.openExpansion': numberFact(
    ['open expansion opportunities', 'opportunities'],
    ['opportunity.type', 'opportunity.closed'],
  ),
  'opportunities.openRenewal': numberFact(
    ['open renewal opportunities', 'opportunities'],
    ['opportunity.type', 'opportunity.closed'],
  ),
  'opportunities.won90': numberFact(
    ['opportunities won in 90 days', 'opportunities'],
    ['opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lost90': numberFact(
    ['opportunities lost in 90 days', 'opportunities'],
    ['opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.wonNew90': numberFact(
    ['new opportunities won in 90 days', 'opportunities'],
    ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lostNew90': numberFact(
    ['new opportunities lost in 90 days', 'opportunities'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.wonExpansion90': numberFact(
    ['expansion opportunities won in 90 days', 'opportunities'],
    ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lostExpansion90': numberFact(
    ['expansion opportunities lost in 90 days', 'opportunities'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.wonRenewal90': numberFact(
    ['renewal opportunities won in 90 days', 'opportunities'],
    ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lostRenewal90': numberFact(
    ['renewal opportunities lost in 90 days', 'opportunities'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.won365': numberFact(
    ['opportunities won in 365 days', 'opportunities'],
    ['opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lost365': numberFact(
    ['opportunities lost in 365 days', 'opportunities'],
    ['opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.wonNew365': numberFact(
    ['new opportunities won in 365 days', 'opportunities'],
    ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lostNew365': numberFact(
    ['new opportunities lost in 365 days', 'opportunities'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.wonExpansion365': numberFact(
    ['expansion opportunities won in 365 days', 'opportunities'],
    ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lostExpansion365': numberFact(
    ['expansion opportunities lost in 365 days', 'opportunities'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.wonRenewal365': numberFact(
    ['renewal opportunities won in 365 days', 'opportunities'],
    ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.lostRenewal365': numberFact(
    ['renewal opportunities lost in 365 days', 'opportunities'],
    ['opportunity.type', 'opportunity.closed', 'opportunity.won', 'opportunity.closeOn'],
  ),
  'opportunities.openAmount': moneyFact('open amount', ['opportunity.amount', 'opportunity.closed']),
  'opportunities.wonAmount90': moneyFact('amount won in 90 days', [
    'opportunity.amount',
    'opportunity.won',
    'opportunity.closeOn',
  ]),
  'opportunities.wonAmount365': moneyFact('amount won in 365 days', [
    'opportunity.amount',
    'opportunity.won',
    'opportunity.closeOn',
  ]),
  'opportunities.wonAmountBefore365': moneyFact('amount won in the 365 days before the last 365', [
    'opportunity.amount',
    'opportunity.won',
    'opportunity.closeOn',
  ]),
  'opportunities.arrChange365': moneyFact('expansions won less renewals lost in 365 days', [
    'opportunity.type',
    'opportunity.closed',
    'opportunity.amount',
    'opportunity.won',
    'opportunity.closeOn',
  ]),
  'opportunities.nextRenewalOn': dayFact('close date of the next open renewal', [
    'opportunity.type',
    'opportunity.closed',
    'opportunity.closeOn',
  ]),
  'opportunities.nextRenewalStage': textFact('stage of the next open renewal', [
    'opportunity.type',
    'opportunity.closed',
    'opportunity.closeOn',
    'opportunity.stage',
  ]),
  'opportunities.firstWonOn': dayFact('first opportunity won', ['opportunity.won', 'opportunity.closeOn']),
  'opportunities.lastWonOn': dayFact('last opportunity won', ['opportunity.won', 'opportunity.closeOn']),
  'opportunities.lastLostOn': dayFact('last opportunity lost', [
    'opportunity.closed',
    'opportunity.won',
    'opportunity.closeOn',
  ]),
  'opportunities.lastLostReason': textFact('reason of the last loss', [
    'opportunity.closed',
    'opportunity.won',
    'opportunity.closeOn',
    'opportunity.lostReason',
  ]),
} as const satisfies Record<string, FactDefinition>;
