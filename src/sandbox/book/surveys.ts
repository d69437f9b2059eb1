import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX } from './accounts.js';
import { dateOf, momentOf } from './calendar.js';
import { childRows, stamps } from './child-rows.js';
import { CONTACT_PREFIX } from './contacts.js';
import { recordId } from './ids.js';
import { dealtSlots, type Place, type Slots } from './slots.js';
import { DRAW, type World } from './traits.js';

export const SURVEY_PREFIX = 'a02';
const KINDS = [
  { kind: 'NPS', low: 0, high: 10 },
  { kind: 'NPS', low: 0, high: 10 },
  { kind: 'CSAT', low: 1, high: 5 },
  { kind: 'CES', low: 1, high: 7 },
] as const;
const ABOUT = ['Review', 'Case', 'Onboarding'] as const;

function draw(world: World, place: Place, question: number): number {
  return world.random.unit(DRAW.survey, place.account, place.nth, question);
}

/** One answer per two accounts. Watermelons answer more often, and badly. */
export function surveyRows(world: World, contacts: Slots): BaseRows {
  const slots = dealtSlots({
    accounts: world.accounts,
    perAccount: 0.5,
    least: 0,
    weightOf: (account) =>
      world.traitsOf(account).watermelon ? 3 : 0.1 + world.random.unit(DRAW.survey, account),
  });
  return childRows(world, {
    prefix: SURVEY_PREFIX,
    parentFields: ['Account__c'],
    slots,
    rowOf: (index, place) => surveyRow(world, index, { place, contacts }),
  });
}

function surveyRow(
  world: World,
  index: number,
  { place, contacts }: { readonly place: Place; readonly contacts: Slots },
): Row {
  const traits = world.traitsOf(place.account);
  const scale = world.random.pick(KINDS, DRAW.survey, place.account, place.nth, 1);
  const felt = traits.watermelon ? 0.15 : traits.health;
  const mood = Math.max(0, Math.min(1, felt + (draw(world, place, 2) - 0.5) * 0.35));
  const end = traits.churned ?? world.today - 1;
  const back = Math.floor(draw(world, place, 3) ** 1.5 * Math.min(300, Math.max(1, end - traits.start - 10)));
  const people = contacts.sizeOf(place.account);
  const who = contacts.firstOf(place.account) + Math.floor(draw(world, place, 4) * people);
  const answered = momentOf(end - back, draw(world, place, 5) * 0.9);
  return {
    Id: recordId(SURVEY_PREFIX, index),
    Name: `SR-${String(index + 1).padStart(7, '0')}`,
    Account__c: recordId(ACCOUNT_PREFIX, place.account),
    Contact__c: people === 0 || draw(world, place, 6) < 0.1 ? null : recordId(CONTACT_PREFIX, who),
    Answered_On__c: dateOf(end - back),
    Kind__c: draw(world, place, 7) < 0.03 ? scale.kind.toLowerCase() : scale.kind,
    Score__c: Math.round(scale.low + mood * (scale.high - scale.low)),
    About__c: world.random.pick(ABOUT, DRAW.survey, place.account, place.nth, 8),
    ...stamps(world, answered, answered),
  };
}
