import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import type { Budgets } from '../../../ports/call-budget.js';
import { type CallPatience, type Repeat, withCallRetry } from '../../../ports/call-retry.js';
import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import { integrationError, mayHaveHappened } from './errors.js';
import { ApiFailure, NoAnswer } from './failure.js';

/** Requests that we allow ourselves; below HubSpot's own figures, since other apps share them. */
export interface Limits {
  /** Per 10 seconds; HubSpot lets 190 through on Professional and Enterprise. */
  readonly burst: number;
  /** Sequence enrolments per sender inbox in 24 hours. */
  readonly enrolmentsPerInbox: number;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs: number;
  /** Attempts in total for a request that may be repeated. */
  readonly attempts: number;
}

export const USUAL_LIMITS: Limits = {
  burst: 150,
  enrolmentsPerInbox: 1_000,
  timeoutMs: 30_000,
  attempts: 5,
};

interface Call<T> {
  /** `contacts-batch-read`; counted under this name. */
  readonly kind: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
  readonly repeat: Repeat;
}

export interface HubspotClient {
  /** The parsed answer of a 2xx; everything else is thrown as IntegrationError. */
  readonly send: <T>(call: Call<T>) => Promise<T>;
  /** Requests sent so far, retries included. */
  readonly counts: () => Readonly<Record<string, number>>;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly accessToken: string;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly random: () => number;
}

const BURST_MS = 10_000;
/** A call that would have to wait longer gets its error passed on. */
const LONGEST_WAIT_MS = 120_000;
const FAULTS = { provider: 'hubspot', toError: integrationError, mayHaveHappened } as const;

/**
 * The official client does the authentication and the sending. Its retry and limiter are off: they are
 * shared by all clients of the process and ignore most of what HubSpot asks for.
 */
export function hubspotClient(options: ClientOptions): HubspotClient {
  const { clock, log, limits } = options;
  const client = new Client({
    accessToken: options.accessToken,
    // A trailing slash would make `//crm/…` of every path.
    basePath: options.baseUrl.replace(/\/+$/, ''),
    numberOfApiCallRetries: 0,
  });
  const limiter = options.budgets.window('hubspot', limits.burst, BURST_MS);
  const { random } = options;
  const { attempts } = limits;
  const patience: CallPatience = { clock, log, random, attempts, longestWaitMs: LONGEST_WAIT_MS };
  const counts = new Map<string, number>();
  const once = async <T>(call: Call<T>): Promise<T> => {
    await limiter.turn();
    counts.set(call.kind, (counts.get(call.kind) ?? 0) + 1);
    const answer = await inTime(request(client, call), limits.timeoutMs);
    return parsed(call, answer);
  };
  return {
    send: (call) =>
      withCallRetry(
        () => once(call),
        { operation: call.kind, repeat: call.repeat },
        { patience, faults: FAULTS },
      ),
    counts: () => Object.fromEntries([...counts].sort(([one], [other]) => one.localeCompare(other))),
  };
}

/** `apiRequest` never throws on a status; this does, with the shape of the client's own exception. */
async function request(client: Client, call: Call<unknown>): Promise<unknown> {
  const response = await client
    .apiRequest({
      method: call.method,
      path: call.path,
      ...(call.query === undefined ? {} : { qs: call.query }),
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    .catch((error: unknown) => {
      throw new NoAnswer(neverSent(error) ? 'unreachable' : 'lost', error);
    });
  const text = await response.text().catch((error: unknown) => {
    throw new NoAnswer('lost', error);
  });
  const body = readable(text);
  if (response.ok) return body;
  throw new ApiFailure({ code: response.status, body, headers: Object.fromEntries(response.headers) });
}

function readable(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function parsed<T>(call: Call<T>, answer: unknown): T {
  const read = call.answer.safeParse(answer);
  if (!read.success) throw new NoAnswer('unreadable', read.error);
  return read.data;
}

const NETWORK_ERROR = z.object({ cause: z.object({ code: z.string() }) });
const BEFORE_SENDING = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** `fetch` throws a TypeError that carries the socket's error as its cause. */
function neverSent(error: unknown): boolean {
  const cause = NETWORK_ERROR.safeParse(error);
  return cause.success && BEFORE_SENDING.includes(cause.data.cause.code);
}

/** Real time: a moved clock must not time out what has just been sent. */
async function inTime<T>(sent: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer('timeout')), timeoutMs);
  });
  try {
    return await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
    // The loser of the race may still fail: nobody listens to it any more.
    sent.catch(() => {});
  }
}
