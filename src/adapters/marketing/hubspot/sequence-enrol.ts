import type { EnrolmentOutcome, EnrolmentRequest } from '../../../ports/marketing.js';
import type { Context } from './context.js';
import type { InboxBudget } from './inbox-budget.js';
import { enrolledLately, type LatestEnrolments, latestEnrolments } from './latest-enrolment.js';
import { gone, inboxFull } from './refusals.js';
import type { SequenceDirectory } from './sequence-directory.js';
import { ALREADY, type Answer, refusedWith, type Sending, sendAll } from './sequence-send.js';
import { type Senders, sendersOf } from './sequence-senders.js';

export interface Desk {
  readonly context: Context;
  readonly directory: SequenceDirectory;
  readonly inboxes: InboxBudget;
}

/** Who may be sent is settled first, in the order of the requests and without a call for each; then they are sent. */
export async function enrolAll(
  desk: Desk,
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const recordIds = requests.map(({ recordId }) => recordId);
  const latest = await latestEnrolments(desk.context, recordIds);
  const senders = await sendersOf(desk.directory, target, requests);
  const sendings = new Map<string, Sending>();
  const starts: { readonly key: string; readonly start: Answer | Sending; readonly again: boolean }[] = [];
  for (const request of requests) {
    const again = sendings.has(request.recordId);
    const start = sendings.get(request.recordId) ?? (await startOf({ ...desk, latest, senders }, request));
    if ('userId' in start) sendings.set(request.recordId, start);
    starts.push({ key: request.key, start, again });
  }
  const answers = await sendAll(desk, [...sendings.values()]);
  return starts.map(({ key, start, again }) => {
    const answer = 'userId' in start ? answers.get(start) : start;
    return { key, ...(again && answer?.outcome === 'enrolled' ? ALREADY : (answer ?? refusedWith(gone()))) };
  });
}

interface Round extends Desk {
  readonly latest: LatestEnrolments;
  readonly senders: Senders;
}

/** An answer where none has to be asked for, else what to send; the inbox's room is taken for it. */
async function startOf(round: Round, { recordId, senderEmail }: EnrolmentRequest): Promise<Answer | Sending> {
  const sender = round.senders.get(senderEmail);
  if (recordId === '' || sender === undefined) return refusedWith(gone());
  if ('code' in sender) return refusedWith(sender);
  const last = round.latest.get(recordId);
  const now = round.context.clock.now();
  if (last?.sequenceId === sender.sequenceId && enrolledLately(last, now)) return ALREADY;
  return (await round.inboxes.take(senderEmail))
    ? { ...sender, recordId, senderEmail }
    : refusedWith(inboxFull());
}
