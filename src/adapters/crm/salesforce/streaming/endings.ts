import type { FeedStatus } from '../../../../ports/change-feed.js';
import { IntegrationError } from '../../../../ports/errors.js';
import { isCode } from '../errors.js';
import type { Message } from './schema.js';

/** Why a stream ended, and what comes next. Polling goes on in any case. */
export interface Ending {
  readonly state: Extract<FeedStatus['state'], 'silent' | 'lost'>;
  /** Why, in words: `Salesforce ended the session`. */
  readonly because: string;
  /** A new login first. */
  readonly login: boolean;
  /** Wait at least so long before the next try, in milliseconds; null = as the backoff says. */
  readonly waitMs: number | null;
}

const QUARTER_HOUR = 15 * 60_000;

/** What is over for hours is not asked for every minute. */
const REFUSALS: readonly (readonly [RegExp, Omit<Ending, 'state'>])[] = [
  [/^401:|Authentication invalid/i, { because: 'Salesforce ended the session', login: true, waitMs: 0 }],
  [
    /Unknown client/i,
    { because: 'Salesforce does not know this subscription any more', login: false, waitMs: 0 },
  ],
  [
    /total events daily limit/i,
    {
      because: 'the change events that Salesforce delivers in 24 hours are used up',
      login: false,
      waitMs: QUARTER_HOUR,
    },
  ],
  [
    /concurrent user limit/i,
    { because: 'too many clients follow the changes of this org', login: false, waitMs: QUARTER_HOUR },
  ],
];

/** Of a refused handshake or connect; the reason proper stands in the extension of a handshake. */
export function refusalOf({ error, ext, advice }: Message): Ending {
  const text = ext?.sfdc?.failureReason ?? error ?? 'no reason given';
  const known = REFUSALS.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return { state: 'lost', ...known[1] };
  const again = advice?.reconnect === 'handshake' ? 0 : null;
  return { state: 'lost', because: `Salesforce said "${text.slice(0, 120)}"`, login: false, waitMs: again };
}

/** Of a request that failed. `held` = it was waiting for news, so that no answer in time is silence. */
export function failureOf(error: unknown, held: boolean): Ending {
  if (held && isTimeout(error))
    return { state: 'silent', because: 'Salesforce stopped answering', login: false, waitMs: 0 };
  if (isCode(error, 'SF_SESSION_REFUSED'))
    return { state: 'lost', because: 'Salesforce ended the session', login: true, waitMs: 0 };
  const because = error instanceof IntegrationError ? error.message : String(error);
  return { state: 'lost', because: because.replace(/\.$/, ''), login: false, waitMs: null };
}

function isTimeout(error: unknown): boolean {
  const cause = error instanceof IntegrationError ? error.cause : null;
  return cause instanceof DOMException && cause.name === 'TimeoutError';
}
