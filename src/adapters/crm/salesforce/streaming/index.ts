import type { ChangeFeed, FeedListener } from '../../../../ports/change-feed.js';
import type { Clock } from '../../../../ports/clock.js';
import type { Log } from '../../../../ports/log.js';
import type { Session } from '../session.js';
import { createStreamClient } from './client.js';
import type { OwnFields } from './convert.js';
import { type Ending, failureOf } from './endings.js';
import { readPosition } from './position.js';
import { type Following, round } from './round.js';

export interface FeedSettings {
  /** So long after the server should have answered a held connect, the feed counts as silent, in milliseconds. */
  readonly feedSlackMs: number;
  /** For the jitter of waits: 0 up to 1. */
  readonly random: () => number;
}

export interface FeedOptions {
  readonly session: Session;
  /** `62.0`. */
  readonly apiVersion: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly own: OwnFields;
  readonly settings: FeedSettings;
}

/** Change Data Capture of a Salesforce org, by CometD long polling. */
export function salesforceFeed(options: FeedOptions): ChangeFeed {
  return {
    follow: async (objects, position, listener) => {
      const ending = new AbortController();
      const done = follow({ options, listener, signal: ending.signal }, objects, position);
      return {
        stop: async () => {
          ending.abort(new DOMException('The feed was stopped.', 'AbortError'));
          await done;
        },
      };
    },
  };
}

interface Parts {
  readonly options: FeedOptions;
  readonly listener: FeedListener;
  readonly signal: AbortSignal;
}

async function follow(parts: Parts, objects: readonly string[], position: string | null): Promise<void> {
  const { listener, signal, options } = parts;
  const said = speaker(listener, options.clock, objects);
  const known = readPosition(position);
  const following: Following = {
    objects,
    own: options.own,
    position: new Map([...known].filter(([object]) => objects.includes(object))),
    // Followed anew beside others that were followed before: what changed meanwhile is not in any event.
    missed: new Set(known.size === 0 ? [] : objects.filter((object) => !known.has(object))),
    hint: (hint) => listener.hint(hint),
    live: said.live,
    pause: (ms) => options.clock.sleep(ms, signal),
    slackMs: options.settings.feedSlackMs,
  };
  let failures = 0;
  let login = false;
  said.connecting();
  while (!signal.aborted) {
    const since = said.lives();
    const ended = await once(parts, following, login);
    if (signal.aborted) break;
    // What has no position yet cannot be taken up again.
    for (const object of objects) if (!following.position.has(object)) following.missed.add(object);
    failures = said.lives() > since ? 1 : failures + 1;
    login = ended.login;
    said.ended(ended);
    options.log.warn('The change feed ended and is taken up again', { because: ended.because, failures });
    await options.clock
      .sleep(waitOf(ended, failures, options.settings.random), signal)
      .catch(() => undefined);
  }
}

/** One connection, with a token that is known to be living, or a fresh one. */
async function once({ options, signal }: Parts, following: Following, login: boolean): Promise<Ending> {
  try {
    const { session, apiVersion } = options;
    const known = await session.token();
    const token = login ? await session.renew(known) : known;
    const client = createStreamClient({ token, apiVersion, signal, timeoutMs: ANSWER_MS });
    const ended = await round(following, client);
    if (signal.aborted || ended.state === 'silent') await client.disconnect().catch(() => undefined);
    return ended;
  } catch (error) {
    return failureOf(error, false);
  }
}

/** Longest wait for an answer that the server does not hold back. */
const ANSWER_MS = 30_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** At once the first time where the server says what to do; then ever longer, with jitter over the upper half. */
function waitOf({ waitMs }: Ending, failures: number, random: () => number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  const backoff = Math.round(longest * (0.5 + random() / 2));
  return waitMs === 0 && failures === 1 ? 0 : Math.max(waitMs ?? 0, backoff);
}

/** The sentences that people are shown of the feed. */
function speaker(listener: FeedListener, clock: Clock, objects: readonly string[]) {
  let lastHeardAt: number | null = null;
  let lives = 0;
  return {
    lives: () => lives,
    connecting: () =>
      listener.status({
        state: 'connecting',
        sentence: `Connecting to the changes of ${objects.join(', ')}.`,
        lastHeardAt,
      }),
    live: (refused: ReadonlyMap<string, string>) => {
      lives += 1;
      lastHeardAt = clock.now();
      const followed = objects.filter((object) => !refused.has(object));
      const left = [...refused].map(
        ([object, why]) => ` ${object} is left to the regular runs: Salesforce said "${why}".`,
      );
      listener.status({
        state: 'live',
        sentence: `Changes of ${followed.join(', ')} are taken in as they happen.${left.join('')}`,
        lastHeardAt,
      });
    },
    ended: ({ state, because }: Ending) =>
      listener.status({
        state,
        sentence: `Changes come with the regular runs for now, because ${because}; the feed is taken up again by itself.`,
        lastHeardAt,
      }),
  };
}
