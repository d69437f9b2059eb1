import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX } from './accounts.js';
import { instantOf } from './calendar.js';
import { childRows, stamps } from './child-rows.js';
import { CONTACT_PREFIX } from './contacts.js';
import { recordId } from './ids.js';
import { dealtSlots, type Place, type Slots } from './slots.js';
import { DRAW, type Traits, type World } from './traits.js';
import { ownerOf } from './users.js';
import { CASE_SUBJECTS } from './words.js';

const CASE_PREFIX = '500';
const DAY_MS = 86_400_000;
const SURGE = 4;
const ORIGINS = ['Email', 'Web', 'Phone', 'email'] as const;

function draw(world: World, place: Place, question: number): number {
  return world.random.unit(DRAW.case, place.account, place.nth, question);
}

/** Support quality as the account feels it: what drives priority, duration and satisfaction. */
function felt(traits: Traits): number {
  return traits.watermelon ? 0.25 : traits.health;
}

/** Three a head on average: unhappy, large and surging accounts open more. */
export function caseSlots(world: World): Slots {
  return dealtSlots({
    accounts: world.accounts,
    perAccount: 3,
    least: 0,
    weightOf: (account) => {
      const traits = world.traitsOf(account);
      if (traits.surge) return 5;
      const quiet = world.random.unit(DRAW.case, account) < 0.2 ? 0.1 : 1;
      const settled = Math.min(1, (world.today - traits.start) / 240);
      return quiet * settled * (0.25 + (1 - felt(traits)) * 2.9) * (1 + Math.log10(traits.arr / 4_000) / 2);
    },
  });
}

export function caseRows(world: World, slots: Slots, contacts: Slots): BaseRows {
  return childRows(world, {
    prefix: CASE_PREFIX,
    parentFields: ['AccountId'],
    slots,
    rowOf: (index, place) => caseRow(world, index, { place, contacts }),
  });
}

function caseRow(
  world: World,
  index: number,
  { place, contacts }: { readonly place: Place; readonly contacts: Slots },
): Row {
  const traits = world.traitsOf(place.account);
  const opened = openedAt(world, traits, place);
  const priority = priorityOf(world, traits, place);
  const lasted = (2 + draw(world, place, 1) ** 1.5 * (1.3 - felt(traits)) ** 3 * 3_600) * 3_600_000;
  const closed = opened + lasted < world.newest ? opened + lasted : null;
  const asker = contacts.sizeOf(place.account);
  const nthAsker = Math.floor(draw(world, place, 2) * asker);
  return {
    Id: recordId(CASE_PREFIX, index),
    AccountId: recordId(ACCOUNT_PREFIX, place.account),
    ContactId: asker === 0 ? null : recordId(CONTACT_PREFIX, contacts.firstOf(place.account) + nthAsker),
    CaseNumber: String(index + 1_000).padStart(8, '0'),
    Subject: world.random.pick(CASE_SUBJECTS, DRAW.case, place.account, place.nth, 3),
    Origin: world.random.pick(ORIGINS, DRAW.case, place.account, place.nth, 4),
    Priority: priority,
    ...progress(world, traits, { place, closed }),
    OwnerId: ownerOf(world, place.account + 3),
    ...stamps(world, opened, closed ?? opened + draw(world, place, 5) * 2 * DAY_MS),
  };
}

/** The last four of a surging account fall into the last 29 days, the very last into the last three. */
function openedAt(world: World, traits: Traits, place: Place): number {
  const fromEnd = place.of - 1 - place.nth;
  const unit = draw(world, place, 6);
  if (traits.surge && place.of >= SURGE) {
    if (fromEnd === 0) return world.now - (0.2 + unit * 2.3) * DAY_MS;
    if (fromEnd < SURGE) return world.now - (3.5 + (fromEnd - 1 + unit) * 8) * DAY_MS;
    return world.now - (40 + unit * 150) * DAY_MS;
  }
  const end = traits.churned === null ? world.today : traits.churned;
  const span = Math.min(540, Math.max(8, end - traits.start));
  // Evenly over the time as a customer, a little denser of late where things go badly.
  const since = ((fromEnd + unit) / place.of) ** (felt(traits) < 0.4 ? 1.25 : 1);
  const back = 0.1 + since * (span - 1);
  return Math.min(world.newest - 60_000, end * DAY_MS - back * DAY_MS + draw(world, place, 7) * DAY_MS * 0.1);
}

function priorityOf(world: World, traits: Traits, place: Place): string {
  const weight = draw(world, place, 8) + (0.5 - felt(traits)) * 0.55;
  const priority = weight > 0.97 ? 'Critical' : weight > 0.75 ? 'High' : weight > 0.3 ? 'Medium' : 'Low';
  const mess = draw(world, place, 9);
  return mess < 0.02 ? priority.toUpperCase() : mess < 0.04 ? priority.toLowerCase() : priority;
}

interface Course {
  readonly place: Place;
  readonly closed: number | null;
}

function progress(world: World, traits: Traits, { place, closed }: Course): Row {
  const answered = draw(world, place, 10);
  const mood = felt(traits) + (draw(world, place, 11) - 0.5) * 0.5;
  const escalated = draw(world, place, 12) < 0.02 + (1 - felt(traits)) ** 2 * 0.55;
  return {
    Status: closed === null ? (escalated ? 'Escalated' : answered < 0.4 ? 'New' : 'Working') : 'Closed',
    IsClosed: closed !== null,
    ClosedDate: closed === null ? null : instantOf(closed),
    IsEscalated: escalated,
    CSAT__c:
      closed === null || draw(world, place, 13) < 0.55
        ? null
        : Math.max(1, Math.min(5, Math.round(1 + mood * 4))),
    Reopen_Count__c:
      draw(world, place, 14) < (1 - felt(traits)) * 0.3 ? 1 + Math.floor(draw(world, place, 15) * 2) : 0,
    First_Response_Minutes__c:
      closed === null && answered < 0.4 ? null : Math.round(8 + (1.2 - felt(traits)) * answered ** 2 * 900),
  };
}
