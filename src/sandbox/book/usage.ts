import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX } from './accounts.js';
import { dateOf, momentOf, monthOf } from './calendar.js';
import { childRows, stamps } from './child-rows.js';
import { recordId } from './ids.js';
import { countedSlots, type Place } from './slots.js';
import { DRAW, type World, weeksOfUsage } from './traits.js';

export const USAGE_PREFIX = 'a01';

/** Weekly product usage: up to 16 weeks of each account that sends telemetry. */
export function usageRows(world: World): BaseRows {
  return childRows(world, {
    prefix: USAGE_PREFIX,
    parentFields: ['Account__c'],
    slots: countedSlots(world.accounts, (account) => weeksOfUsage(world, account).count),
    rowOf: (index, place) => usageRow(world, index, place),
  });
}

/** Quiet weeks in summer and over new year. */
function seasonOf(week: number): number {
  const month = monthOf(week);
  return month === 8 ? 0.8 : month === 12 ? 0.85 : month === 1 ? 0.92 : 1;
}

function usageRow(world: World, index: number, place: Place): Row {
  const traits = world.traitsOf(place.account);
  const week = weeksOfUsage(world, place.account).first + 7 * place.nth;
  const passed = 1 - (world.lastWeek - week) / (7 * 15);
  const drift = 1 + (traits.health - 0.55) * 0.9 * passed;
  const noise = 0.92 + world.random.unit(DRAW.usage, place.account, place.nth) * 0.16;
  const level = (0.12 + traits.health * 0.78) * drift * noise * seasonOf(week);
  const active = Math.max(0, Math.min(traits.seats, Math.round(traits.seats * level)));
  const actions = Math.round(active * (4 + traits.health * 22) * noise);
  const errors = Math.round(
    actions *
      (0.002 + (1 - traits.health) * 0.03) *
      world.random.unit(DRAW.usage, place.account, place.nth, 1),
  );
  // One load a week brings in everybody's rows: thousands share a stamp, as bulk loads do.
  const loaded = momentOf(week + 7, 0.125) + Math.floor(index / 2_000) * 1_000;
  return {
    Id: recordId(USAGE_PREFIX, index),
    Name: `PU-${String(index + 1).padStart(8, '0')}`,
    Account__c: recordId(ACCOUNT_PREFIX, place.account),
    Week_Of__c: dateOf(week),
    Active_Users__c: active,
    Key_Actions__c: actions,
    Errors__c: errors,
    ...stamps(world, loaded, loaded),
  };
}
