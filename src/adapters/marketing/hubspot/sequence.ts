import type { Channel, EnrolmentRequest } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context } from './context.js';
import { inboxBudget } from './inbox-budget.js';
import { inLanes } from './lanes.js';
import { latestEnrolments } from './latest-enrolment.js';
import { sequenceDirectory } from './sequence-directory.js';
import { type Desk, enrolAll } from './sequence-enrol.js';
import { LANES, stateOf } from './sequence-send.js';
import { noSuchSequence } from './sequence-senders.js';
import { sequenceTouches } from './sequence-touches.js';

/** Sales sequences: a person is in one at a time, and no API takes anybody out again. */
export function sequenceChannel(context: Context): Channel {
  const directory = sequenceDirectory(context);
  const inboxes = inboxBudget(context, context.limits.enrolmentsPerInbox);
  const desk: Desk = { context, directory, inboxes };
  const exists = async (target: string): Promise<boolean> => (await directory.anySequence(target)) !== null;
  return {
    id: 'hubspot-sequence',
    exists,
    prepare: async (target) => {
      if (!(await exists(target))) throw noSuchSequence(target);
    },
    enrol: (target, requests) => enrolAll(desk, target, requests),
    enrolled: async (target, requests) => {
      const sequence = requests.length === 0 ? null : await directory.anySequence(target);
      return sequence === null ? new Map() : everIn(context, sequence.sequenceId, requests);
    },
    // Neither v4 nor the dated versions up to 2026-09 have a call for it (specifications seen 2026-11-22).
    leave: async (_target, requests) => requests.map(({ key }) => ({ key, outcome: 'cannot' })),
    touches: sequenceTouches(context, directory),
    room: inboxes.room,
    forecastCalls: (persons) => (persons === 0 ? 0 : 2 + Math.ceil(persons / BATCH_SIZE) + 2 * persons),
  };
}

/**
 * The state knows only who is in the sequence now; a reply or the end takes people out. The properties
 * remember the latest one, but may follow an enrolment late: one yes of the two is enough.
 */
async function everIn(
  context: Context,
  sequenceId: string,
  requests: readonly EnrolmentRequest[],
): Promise<ReadonlyMap<string, string>> {
  const recordIds = [...new Set(requests.map(({ recordId }) => recordId).filter((id) => id !== ''))];
  const latest = await latestEnrolments(context, recordIds);
  const found = new Set(recordIds.filter((id) => latest.get(id)?.sequenceId === sequenceId));
  const open = recordIds.filter((id) => !found.has(id));
  await inLanes(LANES, open, async (recordId) => {
    if ((await stateOf(context, recordId)) === sequenceId) found.add(recordId);
  });
  return new Map(requests.filter(({ recordId }) => found.has(recordId)).map(({ key }) => [key, ''] as const));
}
