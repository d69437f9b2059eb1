import { type Day, formatDay } from '../../../domain/day.js';
import type { Crm } from '../../../ports/crm.js';
import type { EnrolmentRequest } from '../../../ports/marketing.js';
import { identity } from './words.js';

/**
 * Ids of the tasks that stand already, open or done, by what tells one task from another. One
 * look-up however many requests.
 */
export async function standingTasks(
  crm: Crm,
  requests: readonly EnrolmentRequest[],
): Promise<ReadonlyMap<string, string>> {
  if (requests.length === 0) return new Map();
  const since = requests.reduce((least, request) => Math.min(least, request.since), Number.POSITIVE_INFINITY);
  const found = await crm.select(
    'Task',
    ['WhatId', 'WhoId', 'Subject'],
    [
      { field: 'WhatId', in: [...new Set(requests.map(({ account }) => account))] },
      { field: 'CreatedDate', atLeast: startOf(since) },
    ],
  );
  return new Map(
    found.map(({ id, values }) => [identity([values.WhatId, values.WhoId, values.Subject]), id]),
  );
}

/** Before the day begins anywhere on earth: the day is the org's, and no time zone is more than 14 hours ahead. */
function startOf(day: Day): string {
  return `${formatDay(day - 1)}T00:00:00.000Z`;
}
