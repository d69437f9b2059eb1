import type { Refusal } from '../../../ports/errors.js';
import type { EnrolmentOutcome, EnrolmentRequest } from '../../../ports/marketing.js';
import type { WebhookOptions } from './options.js';
import { refusalOf, SILENT } from './refusals.js';
import { signedHeaders } from './signature.js';

export type Sender = Required<WebhookOptions>;

const AT_ONCE = 4;
/** Time-outs in a row after which the rest is left for the next run: each would take as long as the last. */
const PATIENCE = 5;

/** One request for each key, four at a time; outcomes in the order of the requests. */
export async function deliverAll(
  sender: Sender,
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const outcomes = new Map<string, EnrolmentOutcome>();
  const waiting = requests.values();
  let unanswered = 0;
  const work = async (): Promise<void> => {
    for (const request of waiting) {
      const { key } = request;
      if (outcomes.has(key)) continue;
      outcomes.set(key, unclear(key));
      if (unanswered >= PATIENCE) {
        outcomes.set(key, refused(key, SILENT));
        continue;
      }
      const outcome = await deliver(sender, target, request);
      unanswered = outcome.outcome === 'unclear' ? unanswered + 1 : 0;
      outcomes.set(key, outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return requests.map(({ key }) => outcomes.get(key) ?? unclear(key));
}

async function deliver(sender: Sender, target: string, request: EnrolmentRequest): Promise<EnrolmentOutcome> {
  const { key } = request;
  try {
    const answer = await post(sender, key, bodyOf(target, request, sender.clock.now()));
    if (answer.status >= 500) sender.log.warn('webhook failed', { key, status: answer.status });
    return outcomeOf(key, answer);
  } catch (error) {
    sender.log.warn('webhook gave no answer', { key, reason: nameOf(error) });
    return unclear(key);
  }
}

/** Its words may hold the address, and that a token. */
function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'unknown';
}

function bodyOf(target: string, request: EnrolmentRequest, now: number): string {
  const { key, account, contactId, person, facts } = request;
  const at = new Date(now).toISOString();
  return JSON.stringify({ type: target, id: key, account, contact: contactId, person, facts, at });
}

/** A redirect could lead anywhere, and would be signed for it: none is followed. */
async function post(sender: Sender, key: string, body: string): Promise<Response> {
  const answer = await sender.fetch(sender.url, {
    method: 'POST',
    headers: signedHeaders({ secret: sender.secret, now: sender.clock.now() }, key, body),
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(sender.timeoutMs),
  });
  await answer.body?.cancel();
  return answer;
}

function outcomeOf(key: string, { status, headers }: Response): EnrolmentOutcome {
  if (status >= 500) return unclear(key);
  if (status === 409) return { key, outcome: 'already', made: null };
  if (status >= 300) return refused(key, refusalOf(status, headers.get('retry-after')));
  return { key, outcome: 'enrolled', made: null };
}

function unclear(key: string): EnrolmentOutcome {
  return { key, outcome: 'unclear', made: null };
}

function refused(key: string, refusal: Refusal): EnrolmentOutcome {
  return { key, outcome: 'refused', refusal };
}
