import type { z } from 'zod';
import type { Budgets } from '../../../ports/call-budget.js';
import { type CallPatience, type Repeat, withCallRetry } from '../../../ports/call-retry.js';
import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import type { OutreachAuth } from './auth.js';
import { integrationError, mayHaveHappened } from './errors.js';
import { ApiFailure } from './failure.js';
import { accessTokens } from './tokens.js';
import { exchange, parsed } from './transport.js';

/** Requests that we allow ourselves; below Outreach's own figures, since people and other apps share them. */
export interface Limits {
  /** Per hour; Outreach lets 10,000 of each user through. */
  readonly hourly: number;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs: number;
  /** Attempts in total for a request that may be repeated. */
  readonly attempts: number;
}

export const USUAL_LIMITS: Limits = { hourly: 9_000, timeoutMs: 30_000, attempts: 5 };

export interface Call<T> {
  /** `prospects-list`; counted under this name. */
  readonly kind: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/api/v2`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
  readonly repeat: Repeat;
}

export interface OutreachClient {
  /** The parsed answer of a 2xx; everything else is thrown as IntegrationError. */
  readonly send: <T>(call: Call<T>) => Promise<T>;
  /** Requests sent so far, retries included. */
  readonly counts: () => Readonly<Record<string, number>>;
}

export interface ClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly auth: OutreachAuth;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly random: () => number;
}

const HOUR_MS = 3_600_000;
/** The hourly limit starts anew within the hour; a call that would have to wait longer gets its error passed on. */
const LONGEST_WAIT_MS = HOUR_MS + 60_000;
const FAULTS = { provider: 'outreach', toError: integrationError, mayHaveHappened } as const;
const MEDIA_TYPE = 'application/vnd.api+json';

/** Plain HTTP: Outreach publishes no client. */
export function outreachClient(options: ClientOptions): OutreachClient {
  const { baseUrl, clock, log, limits, random } = options;
  const counts = new Map<string, number>();
  const count = (kind: string): void => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  const tokens = accessTokens({ ...options, timeoutMs: limits.timeoutMs, onSend: () => count('token') });
  const limiter = options.budgets.window('outreach', limits.hourly, HOUR_MS);
  const { attempts } = limits;
  const patience: CallPatience = { clock, log, random, attempts, longestWaitMs: LONGEST_WAIT_MS };
  const once = async (call: Call<unknown>, accessToken: string): Promise<unknown> => {
    await limiter.turn();
    count(call.kind);
    return exchange(sentOf(baseUrl, call, accessToken), { clock, timeoutMs: limits.timeoutMs });
  };
  /** A token may end earlier than it said: then a new one is tried, once. A refused token did nothing. */
  const letIn = async (call: Call<unknown>): Promise<unknown> => {
    const accessToken = await tokens.current();
    try {
      return await once(call, accessToken);
    } catch (error) {
      const outdated = error instanceof ApiFailure && error.status === 401;
      if (!outdated || !tokens.refused(accessToken)) throw error;
      return once(call, await tokens.current());
    }
  };
  return {
    send: (call) =>
      withCallRetry(
        async () => parsed(call.answer, await letIn(call)),
        { operation: call.kind, repeat: call.repeat },
        { patience, faults: FAULTS },
      ),
    counts: () => Object.fromEntries([...counts].sort(([one], [other]) => one.localeCompare(other))),
  };
}

/** The media type is wanted on every request, without parameters, else 415 (pages of developers.outreach.io, by 2026-11-22). */
function sentOf(baseUrl: string, { method, path, query, body }: Call<unknown>, accessToken: string) {
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  return {
    method,
    url: `${baseUrl}/api/v2${path}${search}`,
    headers: { authorization: `Bearer ${accessToken}`, accept: MEDIA_TYPE, 'content-type': MEDIA_TYPE },
    body: body === undefined ? null : JSON.stringify(body),
  };
}
