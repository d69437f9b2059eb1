import type { Channel, EnrolmentRequest } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context } from './context.js';
import { mailboxDirectory } from './mailboxes.js';
import type { StateAnswer } from './schema.js';
import { senderRoom } from './sender-room.js';
import type { SequenceDirectory } from './sequence-directory.js';
import { type Desk, enrolAll } from './sequence-enrol.js';
import { leaveAll } from './sequence-leave.js';
import { instantOf, isRunning, statesOf } from './states.js';

/** Outreach's sequences: people can be taken out again. */
export function sequenceChannel(context: Context, sequences: SequenceDirectory): Channel {
  const room = senderRoom(context.clock);
  const mailboxes = mailboxDirectory(context);
  const desk: Desk = { context, sequences, mailboxes, room };
  return {
    id: 'outreach-sequence',
    exists: async (target) => (await sequences.find(target)) !== null,
    prepare: async (target) => {
      await sequences.ready(target);
    },
    enrol: async (target, requests) => (requests.length === 0 ? [] : enrolAll(desk, target, requests)),
    enrolled: async (target, requests) => {
      const sequence = requests.length === 0 ? null : await sequences.find(target);
      return sequence === null ? new Map() : readBack(context, sequence.id, requests);
    },
    leave: async (target, requests) => (requests.length === 0 ? [] : leaveAll(desk, target, requests)),
    touches: async (target) => (await sequences.find(target))?.touches ?? null,
    // A mailbox that can't be used has no limit: enrolling says what is wrong with it.
    room: async (senderEmail) => {
      const mailbox = await mailboxes.of(senderEmail);
      return 'code' in mailbox ? null : room.left(mailbox);
    },
    // What the sequence and the mailboxes are is asked once, however many follow.
    forecastCalls: (persons) => Math.ceil(persons / BATCH_SIZE) + persons,
  };
}

const DAY_MS = 86_400_000;

/** Who is in it, and who was put into it since the day of the request: an older state is another enrolment's. */
async function readBack(
  context: Context,
  sequenceId: string,
  requests: readonly EnrolmentRequest[],
): Promise<ReadonlyMap<string, string>> {
  const recordIds = requests.map(({ recordId }) => recordId);
  const states = await statesOf(context, recordIds, sequenceId);
  return new Map(
    requests.flatMap(({ key, recordId, since }) => {
      const made = (states.get(recordId) ?? []).findLast((one) => isRunning(one) || madeSince(one, since));
      return made === undefined ? [] : [[key, made.id] as const];
    }),
  );
}

/** Local days begin up to fourteen hours before the same day in UTC. */
function madeSince({ attributes }: StateAnswer, since: number): boolean {
  const at = instantOf(attributes.createdAt);
  return at === null || at >= (since - 1) * DAY_MS;
}
