import { IntegrationError } from '../../../ports/errors.js';
import type { EnrolmentOutcome, EnrolmentRequest, MarketingChannel } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context } from './context.js';
import { configError, contentRefused, errorAnswer, mayHaveHappened } from './errors.js';
import { enrolledLately, type LatestEnrolments, latestEnrolments } from './latest-enrolment.js';
import { notSent, refusalOf, senderDone, senderUnknown } from './refusals.js';
import { ANYTHING, ENROLMENT } from './schema.js';
import { type SequenceDirectory, sequenceDirectory } from './sequence-directory.js';

const DAY_MS = 86_400_000;

/** Sales sequences: a person is in one at a time, and no API takes anybody out again. */
export function sequenceChannel(context: Context): MarketingChannel {
  const directory = sequenceDirectory(context);
  const inboxes = inboxBudget(context);
  const exists = async (target: string): Promise<boolean> => (await directory.anySequence(target)) !== null;
  return {
    exists,
    prepare: async (target) => {
      if (!(await exists(target))) throw noSuchSequence(target);
    },
    enrol: (target, requests) => enrolAll({ context, directory, inboxes }, target, requests),
    enrolled: async (target, recordIds) => {
      const sequenceId = await directory.anySequence(target);
      return sequenceId === null ? new Set() : everIn(context, sequenceId, recordIds);
    },
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
  recordIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const latest = await latestEnrolments(context, recordIds);
  const found = new Set<string>();
  for (const recordId of new Set(recordIds)) {
    const went = latest.get(recordId)?.sequenceId === sequenceId;
    if (went || (await stateOf(context, recordId)) === sequenceId) found.add(recordId);
  }
  return found;
}

interface Room {
  readonly context: Context;
  readonly directory: SequenceDirectory;
  readonly inboxes: InboxBudget;
}

interface Round extends Room {
  readonly latest: LatestEnrolments;
}

/** What happened so far is never lost: only when nobody was sent yet may a failure of the whole call be thrown. */
async function enrolAll(
  room: Room,
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const recordIds = requests.map(({ recordId }) => recordId);
  const round = { ...room, latest: await latestEnrolments(room.context, recordIds) };
  const outcomes: EnrolmentOutcome[] = [];
  const done = new Set<string>();
  for (const request of requests) {
    const { person, recordId } = request;
    if (done.has(recordId)) {
      outcomes.push({ person, outcome: 'already' });
      continue;
    }
    done.add(recordId);
    try {
      outcomes.push(await enrolOne(round, target, request));
    } catch (error) {
      if (!(error instanceof IntegrationError) || !outcomes.some(wasSent)) throw error;
      outcomes.push({ person, outcome: 'refused', refusal: notSent(error) });
    }
  }
  return outcomes;
}

function wasSent({ outcome }: EnrolmentOutcome): boolean {
  return outcome === 'enrolled' || outcome === 'unclear';
}

async function enrolOne(round: Round, target: string, request: EnrolmentRequest): Promise<EnrolmentOutcome> {
  const { context, directory, inboxes, latest } = round;
  const { person, recordId, senderEmail } = request;
  const userId = await directory.userOf(senderEmail);
  if (userId === null) return { person, outcome: 'refused', refusal: senderUnknown() };
  const sequenceId = await directory.sequenceOf(userId, target);
  if (sequenceId === null) throw noSuchSequence(target);
  const last = latest.get(recordId);
  const lately = last?.sequenceId === sequenceId && enrolledLately(last, context.clock.now());
  if (lately || (await stateOf(context, recordId)) === sequenceId) return { person, outcome: 'already' };
  if (!inboxes.take(senderEmail)) {
    return { person, outcome: 'refused', refusal: senderDone(context.limits.enrolmentsPerInbox) };
  }
  return sendEnrolment(context, person, { userId, body: { sequenceId, contactId: recordId, senderEmail } });
}

interface Enrolment {
  readonly userId: string;
  readonly body: { readonly sequenceId: string; readonly contactId: string; readonly senderEmail: string };
}

/** Sent once. HubSpot itself refuses who is in any sequence; a lost answer is left for reading back. */
async function sendEnrolment(
  context: Context,
  person: string,
  { userId, body }: Enrolment,
): Promise<EnrolmentOutcome> {
  try {
    await context.client.send({
      kind: 'sequence-enrol',
      method: 'POST',
      path: context.paths.enrolments,
      query: { userId },
      body,
      answer: ANYTHING,
      repeat: 'once',
    });
    return { person, outcome: 'enrolled' };
  } catch (error) {
    if (contentRefused(error)) {
      return { person, outcome: 'refused', refusal: refusalOf(errorAnswer(error.cause.body)) };
    }
    if (error instanceof IntegrationError && mayHaveHappened(error)) return { person, outcome: 'unclear' };
    throw error;
  }
}

/** Id of the sequence that the contact is in, or null. */
async function stateOf(context: Context, recordId: string): Promise<string | null> {
  try {
    const { sequenceId } = await context.client.send({
      kind: 'sequence-state',
      method: 'GET',
      path: context.paths.enrolmentOf(recordId),
      answer: ENROLMENT,
      repeat: 'repeatable',
    });
    return sequenceId;
  } catch (error) {
    if (contentRefused(error) && error.cause.code === 404) return null;
    throw error;
  }
}

function noSuchSequence(target: string): IntegrationError {
  return configError('HUBSPOT_SEQUENCE_MISSING', 'find sequence', {
    message: `HubSpot has no sequence named "${target}" that the sender may use.`,
    actions: [`Make a sequence named "${target}" in HubSpot and share it, or correct the playbook's target.`],
  });
}

interface InboxBudget {
  /** False when the inbox has done its share of the last 24 hours. */
  readonly take: (senderEmail: string) => boolean;
}

function inboxBudget({ clock, limits }: Context): InboxBudget {
  const taken = new Map<string, readonly number[]>();
  return {
    take: (senderEmail) => {
      const now = clock.now();
      const recent = (taken.get(senderEmail) ?? []).filter((at) => at > now - DAY_MS);
      const free = recent.length < limits.enrolmentsPerInbox;
      taken.set(senderEmail, free ? [...recent, now] : recent);
      return free;
    },
  };
}
