import { type Day, within } from '../../day.js';
import { countOf, earliestOf, latestOf, rounded, sumOf } from '../aggregate.js';
import type { Derived, FactBasis } from '../book.js';
import { dayFact, moneyFact, numberFact, textFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import { inOrgCurrency } from '../money.js';
import type { CrmRow } from '../record.js';
import { categoryOf, flagOf, numberOf, textOf } from '../row-values.js';

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
  'opportunities.wonAmount': moneyFact('amount ever won', [
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
  'opportunities.inNegotiation': numberFact(
    ['open opportunities in negotiation', 'opportunities'],
    ['opportunity.closed', 'opportunity.stage'],
  ),
  'opportunities.lastRenewalWonOn': dayFact('last renewal won', [
    'opportunity.type',
    'opportunity.won',
    'opportunity.closeOn',
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

interface Deal {
  readonly row: CrmRow;
  readonly type: string | null;
  readonly state: 'open' | 'won' | 'lost' | 'unknown';
  readonly closeOn: Day | null;
  /** In the org's currency, at the rate of the close date once it is closed. */
  readonly amount: number | null;
}

/** Counts, amounts and days over the opportunities of an account; null when they can't be read. */
export function deriveOpportunities(
  rows: readonly CrmRow[] | undefined,
  basis: FactBasis,
): Derived<keyof typeof OPPORTUNITY_FACTS> | null {
  if (!rows) return null;
  const deals = rows.map((row) => dealOf(row, basis));
  const closed = deals.filter(
    ({ state, closeOn }) => state !== 'open' && (closeOn ?? Infinity) <= basis.today,
  );
  return {
    values: {
      ...openDeals(deals, basis.today),
      ...closedCounts(closed, basis.today),
      ...closedAmounts(closed, basis.today),
      ...closedDays(closed),
    },
  };
}

function dealOf(row: CrmRow, basis: FactBasis): Deal {
  const [won, closed] = [flagOf(row, 'won'), flagOf(row, 'closed')];
  const state =
    won === true ? 'won' : closed === false ? 'open' : closed && won === false ? 'lost' : 'unknown';
  const closeOn = numberOf(row, 'closeOn');
  const read = { amount: numberOf(row, 'amount'), currency: textOf(row, 'currency') };
  const amount = inOrgCurrency(read, basis.rates, state === 'open' ? null : closeOn);
  return { row, type: categoryOf(row, 'type'), state, closeOn, amount };
}

function openDeals(deals: readonly Deal[], today: Day) {
  const open = deals.filter((deal) => deal.state === 'open');
  const of = (type: string) => open.filter((deal) => deal.type === type);
  const renewal = nextOf(of('renewal'), today);
  return {
    'opportunities.open': open.length,
    'opportunities.openNew': of('new').length,
    'opportunities.openExpansion': of('expansion').length,
    'opportunities.openRenewal': of('renewal').length,
    'opportunities.openAmount': open.length === 0 ? 0 : sumOf(open.map((deal) => deal.amount)),
    'opportunities.inNegotiation': countOf(open, ({ row }) => /negotiat/i.test(textOf(row, 'stage') ?? '')),
    'opportunities.nextRenewalOn': renewal?.closeOn ?? null,
    'opportunities.nextRenewalStage': renewal ? textOf(renewal.row, 'stage') : null,
  };
}

/** The first to close from today on, else the one that has been due for the shortest time; ties by id. */
function nextOf(deals: readonly Deal[], today: Day): Deal | undefined {
  const rank = ({ closeOn }: Deal) =>
    closeOn === null ? Infinity : closeOn >= today ? closeOn - today : 1e6 + today - closeOn;
  return [...deals].sort((a, b) => rank(a) - rank(b) || (a.row.id < b.row.id ? -1 : 1))[0];
}

function closedCounts(closed: readonly Deal[], today: Day) {
  const count = (state: Deal['state'], days: number, type?: string) =>
    countOf(
      closed,
      (deal) => deal.state === state && within(deal.closeOn, today, days) && (!type || deal.type === type),
    );
  return {
    'opportunities.won90': count('won', 90),
    'opportunities.lost90': count('lost', 90),
    'opportunities.wonNew90': count('won', 90, 'new'),
    'opportunities.lostNew90': count('lost', 90, 'new'),
    'opportunities.wonExpansion90': count('won', 90, 'expansion'),
    'opportunities.lostExpansion90': count('lost', 90, 'expansion'),
    'opportunities.wonRenewal90': count('won', 90, 'renewal'),
    'opportunities.lostRenewal90': count('lost', 90, 'renewal'),
    'opportunities.won365': count('won', 365),
    'opportunities.lost365': count('lost', 365),
    'opportunities.wonNew365': count('won', 365, 'new'),
    'opportunities.lostNew365': count('lost', 365, 'new'),
    'opportunities.wonExpansion365': count('won', 365, 'expansion'),
    'opportunities.lostExpansion365': count('lost', 365, 'expansion'),
    'opportunities.wonRenewal365': count('won', 365, 'renewal'),
    'opportunities.lostRenewal365': count('lost', 365, 'renewal'),
  };
}

/** Nothing closed is an amount of 0; closed deals of which no amount is known are unknown. */
function amountOf(deals: readonly Deal[]): number | null {
  const sum = deals.length === 0 ? 0 : sumOf(deals.map((deal) => deal.amount));
  return sum === null ? null : rounded(sum, 2);
}

function closedAmounts(closed: readonly Deal[], today: Day) {
  const year = closed.filter((deal) => within(deal.closeOn, today, 365));
  const won = closed.filter((deal) => deal.state === 'won');
  const gained = amountOf(year.filter((deal) => deal.state === 'won' && deal.type === 'expansion'));
  const gone = amountOf(year.filter((deal) => deal.state === 'lost' && deal.type === 'renewal'));
  return {
    'opportunities.wonAmount90': amountOf(won.filter((deal) => within(deal.closeOn, today, 90))),
    'opportunities.wonAmount365': amountOf(won.filter((deal) => within(deal.closeOn, today, 365))),
    'opportunities.wonAmountBefore365': amountOf(
      won.filter((deal) => within(deal.closeOn, today - 365, 365)),
    ),
    'opportunities.wonAmount': amountOf(won),
    'opportunities.arrChange365': gained === null || gone === null ? null : rounded(gained - gone, 2),
  };
}

function closedDays(closed: readonly Deal[]) {
  const wonDeals = closed.filter((deal) => deal.state === 'won');
  const won = wonDeals.map((deal) => deal.closeOn);
  const lost = closed.filter((deal) => deal.state === 'lost');
  const lastLostOn = latestOf(lost.map((deal) => deal.closeOn));
  const reasons = lost
    .filter((deal) => deal.closeOn === lastLostOn)
    .map(({ row }) => textOf(row, 'lostReason'));
  return {
    'opportunities.lastRenewalWonOn': latestOf(
      wonDeals.filter(({ type }) => type === 'renewal').map((deal) => deal.closeOn),
    ),
    'opportunities.firstWonOn': earliestOf(won),
    'opportunities.lastWonOn': latestOf(won),
    'opportunities.lastLostOn': lastLostOn,
    'opportunities.lastLostReason': reasons.filter((reason) => reason !== null).sort()[0] ?? null,
  };
}
