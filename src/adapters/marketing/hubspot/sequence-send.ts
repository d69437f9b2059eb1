import { IntegrationError, type Refusal } from '../../../ports/errors.js';
import type { Context } from './context.js';
import { contentRefused, errorAnswer, mayHaveHappened } from './errors.js';
import type { InboxBudget } from './inbox-budget.js';
import { inLanes } from './lanes.js';
import { inboxFull, inboxIsFull, notSent, refusalOf } from './refusals.js';
import { ANYTHING, ENROLMENT } from './schema.js';

/** As many at a time as HubSpot's own client sends in its preset; the limiter sets the pace. */
export const LANES = 6;

/** What became of a request, whosever it is. */
export type Answer =
  | { readonly outcome: 'enrolled' | 'already' | 'unclear'; readonly made: null }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export const ALREADY: Answer = { outcome: 'already', made: null };

export function refusedWith(refusal: Refusal): Answer {
  return { outcome: 'refused', refusal };
}

/** One person to be sent; the inbox's room is taken already. */
export interface Sending {
  readonly recordId: string;
  readonly senderEmail: string;
  readonly userId: string;
  readonly sequenceId: string;
}

interface Room {
  readonly context: Context;
  readonly inboxes: InboxBudget;
}

/**
 * An answer for each. A failure that is not about one person stops the rest: they are refused and may be tried
 * later. It is thrown only when nobody was sent.
 */
export async function sendAll(
  room: Room,
  sendings: readonly Sending[],
): Promise<ReadonlyMap<Sending, Answer>> {
  const answers = new Map<Sending, Answer>();
  try {
    await inLanes(LANES, sendings, async (sending) => {
      answers.set(sending, await sendOne(room, sending));
    });
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error;
    const begun = [...answers.values()].some(wasSent);
    for (const sending of sendings.filter((one) => !answers.has(one))) {
      await room.inboxes.giveBack(sending.senderEmail);
      answers.set(sending, refusedWith(notSent(error)));
    }
    if (!begun) throw error;
  }
  return answers;
}

function wasSent({ outcome }: Answer): boolean {
  return outcome === 'enrolled' || outcome === 'unclear';
}

async function sendOne(room: Room, sending: Sending): Promise<Answer> {
  const { context, inboxes } = room;
  const answer = inboxes.isClosed(sending.senderEmail)
    ? refusedWith(inboxFull())
    : await sendUnlessIn(context, sending);
  if (!wasSent(answer)) await inboxes.giveBack(sending.senderEmail);
  if (answer.outcome === 'refused' && answer.refusal.code === 'INBOX_LIMIT') {
    inboxes.close(sending.senderEmail);
  }
  return answer;
}

async function sendUnlessIn(context: Context, sending: Sending): Promise<Answer> {
  try {
    const isIn = (await stateOf(context, sending.recordId)) === sending.sequenceId;
    return isIn ? ALREADY : await sendEnrolment(context, sending);
  } catch (error) {
    if (!contentRefused(error)) throw error;
    const answer = errorAnswer(error.cause.body);
    return refusedWith(inboxIsFull(answer) ? inboxFull() : refusalOf(answer));
  }
}

/** Sent once. HubSpot itself refuses who is in any sequence; a lost answer is left for reading back. */
async function sendEnrolment(context: Context, sending: Sending): Promise<Answer> {
  const { userId, sequenceId, recordId, senderEmail } = sending;
  try {
    await context.client.send({
      kind: 'sequence-enrol',
      method: 'POST',
      path: context.paths.enrolments,
      query: { userId },
      body: { sequenceId, contactId: recordId, senderEmail },
      answer: ANYTHING,
      repeat: 'once',
    });
    return { outcome: 'enrolled', made: null };
  } catch (error) {
    if (error instanceof IntegrationError && mayHaveHappened(error)) {
      return { outcome: 'unclear', made: null };
    }
    throw error;
  }
}

/** Id of the sequence that the contact is in, or null. */
export async function stateOf(context: Context, recordId: string): Promise<string | null> {
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
