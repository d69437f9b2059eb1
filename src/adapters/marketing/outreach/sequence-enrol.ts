import { IntegrationError, type Refusal } from '../../../ports/errors.js';
import {
  type EnrolmentOutcome,
  type EnrolmentRequest,
  SEQUENCE_REST_DAYS,
} from '../../../ports/marketing.js';
import type { Context } from './context.js';
import { contentRefused, mayHaveHappened } from './errors.js';
import { inTurn } from './in-turn.js';
import type { Mailbox, MailboxDirectory } from './mailboxes.js';
import { isId } from './prospects.js';
import { ABOUT_THE_SENDER, gone, notDone, refusal, refusalOf } from './refusals.js';
import { MADE, type StateAnswer } from './schema.js';
import type { SenderRoom } from './sender-room.js';
import type { Sequence, SequenceDirectory } from './sequence-directory.js';
import { hasBounced, instantOf, isOf, isRunning, type StatesByProspect, statesOf } from './states.js';

export interface Desk {
  readonly context: Context;
  readonly sequences: SequenceDirectory;
  readonly mailboxes: MailboxDirectory;
  readonly room: SenderRoom;
}

/** What became of a request, whosever it is. */
type Answer =
  | { readonly outcome: 'enrolled' | 'already' | 'unclear'; readonly made: string | null }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

interface Round extends Desk {
  readonly sequence: Sequence;
  /** By address as written; a sender whom Outreach refuses meanwhile is refused to the others too. */
  readonly senders: Map<string, Mailbox | Refusal>;
  readonly states: StatesByProspect;
  /** By prospect: two requests for one are one adding. */
  readonly answers: Map<string, Answer>;
}

const ALREADY: Answer = { outcome: 'already', made: null };
const REST_MS = SEQUENCE_REST_DAYS * 86_400_000;

/** Who is in which sequence is read first, fifty people a call; then one request for each who may be added. */
export async function enrolAll(
  desk: Desk,
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const sequence = await desk.sequences.ready(target);
  const senders = new Map<string, Mailbox | Refusal>();
  for (const address of new Set(requests.map(({ senderEmail }) => senderEmail))) {
    senders.set(address, await desk.mailboxes.of(address));
  }
  const states = await statesOf(
    desk.context,
    requests.map(({ recordId }) => recordId),
  );
  const round: Round = { ...desk, sequence, senders, states, answers: new Map() };
  return inTurn<EnrolmentRequest, EnrolmentOutcome>(requests, {
    run: async (request) => ({ key: request.key, ...(await enrolOne(round, request)) }),
    changed: ({ outcome }) => outcome === 'enrolled' || outcome === 'unclear',
    notReached: ({ key }, error) => ({ key, ...refusedWith(notDone(error)) }),
  });
}

async function enrolOne(round: Round, request: EnrolmentRequest): Promise<Answer> {
  const before = round.answers.get(request.recordId);
  if (before !== undefined) return before.outcome === 'enrolled' ? ALREADY : before;
  const sender = round.senders.get(request.senderEmail);
  if (!isId(request.recordId) || sender === undefined) return refusedWith(gone());
  if ('code' in sender) return refusedWith(sender);
  const answer = standing(round, request) ?? (await add(round, request, sender));
  round.answers.set(request.recordId, answer);
  return answer;
}

/** What is answered without asking; null where nothing stands against it. */
function standing({ context, sequence, states }: Round, { recordId }: EnrolmentRequest): Answer | null {
  const theirs = states.get(recordId) ?? [];
  const here = theirs.filter(isOf(sequence.id));
  if (here.some((state) => rests(state, context.clock.now()))) return ALREADY;
  if (theirs.some((state) => isRunning(state) && !here.includes(state))) {
    return refusedWith(refusal('ALREADY_ENROLLED', 'The prospect is in another sequence.'));
  }
  return hasBounced(theirs)
    ? refusedWith(refusal('BOUNCED', 'The last mail to the prospect bounced.'))
    : null;
}

/** In it now, or out again so lately that the same is not sent again. A date that can't be read counts as lately. */
function rests(state: StateAnswer, now: number): boolean {
  const { createdAt, stateChangedAt } = state.attributes;
  const at = instantOf(createdAt) ?? instantOf(stateChangedAt) ?? now;
  return isRunning(state) || at > now - REST_MS;
}

/** Sent once. Outreach has no idempotency keys: a lost answer is left for reading back. */
async function add(
  round: Round,
  { recordId, senderEmail }: EnrolmentRequest,
  mailbox: Mailbox,
): Promise<Answer> {
  const { context, sequence, room, senders } = round;
  try {
    const { data } = await context.client.send({
      kind: 'sequenceStates-create',
      method: 'POST',
      path: '/sequenceStates',
      body: bodyOf({ prospect: recordId, sequence: sequence.id, mailbox: mailbox.id }),
      answer: MADE,
      repeat: 'once',
    });
    room.take(mailbox);
    return { outcome: 'enrolled', made: data.id };
  } catch (error) {
    if (contentRefused(error)) {
      const why = error.cause.status === 404 ? gone() : refusalOf(error.cause.body);
      if (ABOUT_THE_SENDER.includes(why.code)) senders.set(senderEmail, why);
      return why.code === 'ALREADY_IN_SEQUENCE' ? ALREADY : refusedWith(why);
    }
    if (!(error instanceof IntegrationError) || !mayHaveHappened(error)) throw error;
    room.take(mailbox);
    return { outcome: 'unclear', made: null };
  }
}

/** Ids are whole numbers on the wire. */
function bodyOf(ids: Readonly<Record<string, string>>): unknown {
  const relationships = Object.fromEntries(
    Object.entries(ids).map(([type, id]) => [type, { data: { type, id: Number(id) } }]),
  );
  return { data: { type: 'sequenceState', relationships } };
}

function refusedWith(why: Refusal): Answer {
  return { outcome: 'refused', refusal: why };
}
