import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX } from './accounts.js';
import { dateOf, momentOf, nextAnniversary } from './calendar.js';
import { childRows, stamps } from './child-rows.js';
import { recordId } from './ids.js';
import { dealtSlots, type Place, type Slots } from './slots.js';
import { DRAW, type Traits, type World } from './traits.js';
import { ownerOf } from './users.js';
import { LOST_REASONS } from './words.js';

const OPPORTUNITY_PREFIX = '006';
const OPEN_STAGES = [
  'Qualification',
  'Value Proposition',
  'Proposal/Price Quote',
  'Negotiation/Review',
] as const;

function draw(world: World, place: Place, question: number): number {
  return world.random.unit(DRAW.opportunity, place.account, place.nth, question);
}

/** The first deal for everyone, and one more on average for those who have been there long enough. */
export function opportunitySlots(world: World): Slots {
  return dealtSlots({
    accounts: world.accounts,
    perAccount: 2,
    least: 1,
    weightOf: (account) => {
      const { start, arr } = world.traitsOf(account);
      return 0.2 + Math.min(5, (world.today - start) / 365) * (0.6 + Math.log10(arr / 2_000) / 2);
    },
  });
}

export function opportunityRows(world: World, slots: Slots): BaseRows {
  return childRows(world, {
    prefix: OPPORTUNITY_PREFIX,
    parentFields: ['AccountId'],
    slots,
    rowOf: (index, place) => opportunityRow(world, index, place),
  });
}

interface Deal {
  readonly type: 'New Business' | 'Expansion' | 'Renewal';
  readonly state: 'won' | 'lost' | 'open';
  /** Day number of the close date. */
  readonly close: number;
  readonly share: number;
}

/** First the new business, last the next (or the lost) renewal, between them what happened on the way. */
function dealOf(world: World, traits: Traits, place: Place): Deal {
  if (place.nth === 0) return { type: 'New Business', state: 'won', close: traits.start, share: 0.8 };
  if (place.nth === place.of - 1) {
    if (traits.churned !== null) return { type: 'Renewal', state: 'lost', close: traits.churned, share: 1 };
    if (draw(world, place, 1) < 0.85)
      return { type: 'Renewal', state: 'open', close: nextAnniversary(traits.start, world.today), share: 1 };
  }
  return place.nth % 2 === 1 ? earlierRenewal(world, traits, place) : expansion(world, traits, place);
}

function earlierRenewal(world: World, traits: Traits, place: Place): Deal {
  const years = Math.floor(((traits.churned ?? world.today) - traits.start - 1) / 365);
  if (years < 1) return expansion(world, traits, place);
  const back = Math.floor(place.nth / 2) % years;
  return { type: 'Renewal', state: 'won', close: traits.start + (years - back) * 365, share: 0.9 };
}

function expansion(world: World, traits: Traits, place: Place): Deal {
  const tenure = (traits.churned ?? world.today) - traits.start;
  const happy = draw(world, place, 2) < 0.15 + traits.health * 0.6;
  const open = traits.churned === null && draw(world, place, 3) < 0.3;
  if (open)
    return {
      type: 'Expansion',
      state: 'open',
      close: world.today + 5 + Math.floor(draw(world, place, 4) * 90),
      share: 0.2,
    };
  const close = traits.start + 1 + Math.floor(draw(world, place, 4) * Math.max(1, tenure - 2));
  return { type: 'Expansion', state: happy ? 'won' : 'lost', close, share: 0.2 };
}

function opportunityRow(world: World, index: number, place: Place): Row {
  const traits = world.traitsOf(place.account);
  const deal = dealOf(world, traits, place);
  const amount = Math.round(traits.arr * deal.share * (0.8 + draw(world, place, 5) * 0.3));
  const created = momentOf(
    Math.min(deal.close, world.today) - 10 - Math.floor(draw(world, place, 6) * 80),
    draw(world, place, 7),
  );
  const touched =
    deal.state === 'open' ? created + draw(world, place, 8) * 9 * 86_400_000 : momentOf(deal.close, 0.6);
  return {
    Id: recordId(OPPORTUNITY_PREFIX, index),
    AccountId: recordId(ACCOUNT_PREFIX, place.account),
    Name: `${deal.type} ${new Date(momentOf(deal.close, 0)).getUTCFullYear()}`,
    Type: draw(world, place, 9) < 0.03 ? deal.type.toLowerCase() : deal.type,
    Amount: draw(world, place, 10) < 0.03 ? null : amount,
    CloseDate: dateOf(deal.close),
    ...outcome(world, traits, { place, deal }),
    OwnerId: ownerOf(world, place.account),
    ...stamps(world, created, touched),
  };
}

function outcome(
  world: World,
  traits: Traits,
  { place, deal }: { readonly place: Place; readonly deal: Deal },
): Row {
  const closed = deal.state !== 'open';
  const won = deal.state === 'won';
  const step = Math.floor((draw(world, place, 11) * 0.6 + traits.health * 0.4) * OPEN_STAGES.length);
  const stage = won ? 'Closed Won' : closed ? 'Closed Lost' : (OPEN_STAGES[step] ?? 'Qualification');
  return {
    StageName: stage,
    IsClosed: closed,
    IsWon: won,
    Probability: won ? 100 : closed ? 0 : 20 + step * 20,
    ForecastCategoryName: won ? 'Closed' : closed ? 'Omitted' : 'Pipeline',
    Lost_Reason__c:
      closed && !won && draw(world, place, 12) < 0.85
        ? world.random.pick(LOST_REASONS, DRAW.opportunity, place.account, place.nth, 13)
        : null,
  };
}
