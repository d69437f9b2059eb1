import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX } from './accounts.js';
import { dateOf, instantOf, momentOf } from './calendar.js';
import { childRows, stamps } from './child-rows.js';
import { CONTACT_PREFIX } from './contacts.js';
import { recordId } from './ids.js';
import { dealtSlots, type Place, type Slots } from './slots.js';
import { DRAW, type World } from './traits.js';
import { ownerOf } from './users.js';

const TASK_PREFIX = '00T';
const EVENT_PREFIX = '00U';
const TASK = 0;
const EVENT = 1;
const TOUCHES = ['Call', 'Email', 'Email', 'Other'] as const;
const MEETINGS = ['Quarterly review', 'Check-in', 'Training', 'Kickoff'] as const;

/** Tasks and events of the book, and the day of an account's newest one. */
export interface Activities {
  readonly tasks: BaseRows;
  readonly events: BaseRows;
  /** Day number, not after today; null when there is none. */
  readonly lastOn: (account: number) => number | null;
}

function draw(world: World, kind: number, place: Place, question: number): number {
  return world.random.unit(DRAW.activity, kind, place.account, place.nth, question);
}

function slotsFor(world: World, kind: number, perAccount: number): Slots {
  return dealtSlots({
    accounts: world.accounts,
    perAccount,
    least: 0,
    weightOf: (account) => {
      const { arr, health } = world.traitsOf(account);
      return (
        (0.2 + world.random.unit(DRAW.activity, kind, account)) *
        (0.4 + health) *
        (1 + Math.log10(arr / 4_000))
      );
    },
  });
}

/** Recent where things go well, long ago where they do not. A tenth of the tasks are still to be done. */
function dayOf(world: World, kind: number, place: Place): number {
  const traits = world.traitsOf(place.account);
  const end = traits.churned ?? world.today - 1;
  const reach = Math.min(360, Math.max(1, end - traits.start), 40 + (1 - traits.health) * 320);
  if (isPlanned(world, kind, place)) return world.today + Math.floor(draw(world, kind, place, 1) * 20) - 4;
  return end - Math.floor(draw(world, kind, place, 1) ** 1.4 * reach);
}

function isPlanned(world: World, kind: number, place: Place): boolean {
  return kind === TASK && world.traitsOf(place.account).churned === null && draw(world, kind, place, 2) < 0.1;
}

export function activities(world: World, contacts: Slots): Activities {
  const tasks = slotsFor(world, TASK, 1);
  const events = slotsFor(world, EVENT, 0.5);
  const newestOf = (kind: number, slots: Slots, account: number): number => {
    const of = slots.sizeOf(account);
    let newest = Number.NEGATIVE_INFINITY;
    for (let nth = 0; nth < of; nth += 1) {
      const place = { account, nth, of };
      if (!isPlanned(world, kind, place)) newest = Math.max(newest, dayOf(world, kind, place));
    }
    return newest;
  };
  return {
    tasks: childRows(world, {
      prefix: TASK_PREFIX,
      parentFields: ['AccountId', 'WhatId'],
      slots: tasks,
      rowOf: (index, place) => taskRow(world, index, { place, contacts }),
    }),
    events: childRows(world, {
      prefix: EVENT_PREFIX,
      parentFields: ['AccountId', 'WhatId'],
      slots: events,
      rowOf: (index, place) => eventRow(world, index, { place, contacts }),
    }),
    lastOn: (account) => {
      const newest = Math.max(newestOf(TASK, tasks, account), newestOf(EVENT, events, account));
      return Number.isFinite(newest) ? newest : null;
    },
  };
}

interface Touch {
  readonly place: Place;
  readonly contacts: Slots;
}

function whoAndWhat(world: World, kind: number, { place, contacts }: Touch): Row {
  const people = contacts.sizeOf(place.account);
  const nth = Math.floor(draw(world, kind, place, 3) * people);
  const account = recordId(ACCOUNT_PREFIX, place.account);
  return {
    AccountId: account,
    WhatId: account,
    WhoId: people === 0 ? null : recordId(CONTACT_PREFIX, contacts.firstOf(place.account) + nth),
    OwnerId: ownerOf(world, place.account),
  };
}

function taskRow(world: World, index: number, touch: Touch): Row {
  const { place } = touch;
  const day = dayOf(world, TASK, place);
  const planned = isPlanned(world, TASK, place);
  const type = world.random.pick(TOUCHES, DRAW.activity, TASK, place.account, place.nth, 4);
  const made = momentOf(Math.min(day, world.today) - 2, draw(world, TASK, place, 5));
  return {
    Id: recordId(TASK_PREFIX, index),
    ...whoAndWhat(world, TASK, touch),
    Subject: type === 'Other' ? 'Follow up' : type,
    Type: type,
    TaskSubtype: type === 'Call' ? 'Call' : type === 'Email' ? 'Email' : 'Task',
    Status: planned ? 'Not Started' : 'Completed',
    IsClosed: !planned,
    Priority: 'Normal',
    ActivityDate: dateOf(day),
    ...stamps(world, made, planned ? made : momentOf(day, 0.7)),
  };
}

function eventRow(world: World, index: number, touch: Touch): Row {
  const { place } = touch;
  const day = dayOf(world, EVENT, place);
  const start = momentOf(day, 0.375 + Math.floor(draw(world, EVENT, place, 5) * 14) / 48);
  const minutes = draw(world, EVENT, place, 6) < 0.5 ? 30 : 60;
  return {
    Id: recordId(EVENT_PREFIX, index),
    ...whoAndWhat(world, EVENT, touch),
    Subject: world.random.pick(MEETINGS, DRAW.activity, EVENT, place.account, place.nth, 4),
    Type: 'Meeting',
    ActivityDate: dateOf(day),
    ActivityDateTime: instantOf(start),
    StartDateTime: instantOf(start),
    EndDateTime: instantOf(start + minutes * 60_000),
    DurationInMinutes: minutes,
    IsAllDayEvent: false,
    ...stamps(world, start - 5 * 86_400_000, start + minutes * 60_000),
  };
}
