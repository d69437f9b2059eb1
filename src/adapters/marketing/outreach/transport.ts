import { z } from 'zod';
import type { Clock } from '../../../ports/clock.js';
import { ApiFailure, NoAnswer } from './failure.js';

export interface Sent {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Line {
  readonly clock: Clock;
  /** Milliseconds until a request counts as unanswered; real time, so that a moved clock ends nothing. */
  readonly timeoutMs: number;
}

/** The parsed body of a 2xx; throws ApiFailure for any other status and NoAnswer when none came. */
export async function exchange({ method, url, headers, body }: Sent, line: Line): Promise<unknown> {
  const signal = AbortSignal.timeout(line.timeoutMs);
  let response: Response;
  let text: string;
  try {
    // A redirect would carry the request, perhaps a second time, to where nobody sent it.
    const redirect = 'error';
    response = await fetch(url, { method, headers, body, redirect, signal });
    text = await response.text();
  } catch (error) {
    throw new NoAnswer(signal.aborted ? 'timeout' : reasonOf(error), error);
  }
  const answer = readable(text);
  if (response.ok) return answer;
  throw new ApiFailure({
    status: response.status,
    body: answer,
    retryAfter: response.headers.get('retry-after'),
    receivedAt: line.clock.now(),
  });
}

/** What was read, in the form that we know; NoAnswer when it has another. */
export function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (!read.success) throw new NoAnswer('unreadable', read.error);
  return read.data;
}

function readable(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

const NETWORK_ERROR = z.object({ cause: z.object({ code: z.string() }) });
const BEFORE_SENDING = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** `fetch` throws a TypeError that carries the socket's error as its cause. */
function reasonOf(error: unknown): NoAnswer['reason'] {
  const cause = NETWORK_ERROR.safeParse(error);
  return cause.success && BEFORE_SENDING.includes(cause.data.cause.code) ? 'unreachable' : 'lost';
}
