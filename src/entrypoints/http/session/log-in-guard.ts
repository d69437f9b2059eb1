import type { ThrottleRule, Throttles } from '../../../ports/throttle.js';
import { hashOf } from '../../../service/access/secrets.js';
import { pass, tooMany } from '../access.js';

/** Who tries to log in, from where. */
export interface LogInTry {
  readonly name: string;
  readonly address: string;
}

/** Keeps guesses few: a handful, then waits that double each time, whoever answers. */
export interface LogInGuard {
  /** Counts a try before it is made. Throws 429 while nothing more may be tried. */
  readonly before: (tried: LogInTry) => Promise<void>;
  readonly succeeded: (tried: LogInTry) => Promise<void>;
}

const MINUTE_MS = 60_000;
const TRIES_MS = 15 * MINUTE_MS;
const LOCKS: ThrottleRule = { most: 1_000, windowMs: 24 * 60 * MINUTE_MS };
/** An office may share one address. */
const OF_ADDRESS: ThrottleRule = { most: 100, windowMs: 15 * MINUTE_MS };
/** Guesses at one user from many addresses. */
const OF_USER: ThrottleRule = { most: 100, windowMs: 60 * MINUTE_MS };
const FIRST_WAIT_MS = MINUTE_MS;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

/** `most`: wrong passwords for a name from an address before it waits. */
export function logInGuard(throttles: Throttles, org: string, most: number): LogInGuard {
  const tries = throttles.of(`log-in:${org}`, { most, windowMs: TRIES_MS });
  const locks = throttles.of(`log-in-locks:${org}`, LOCKS);
  const ofAddress = throttles.of(`log-in-address:${org}`, OF_ADDRESS);
  const ofUser = throttles.of(`log-in-user:${org}`, OF_USER);
  const lock = async (key: string): Promise<void> => {
    const { count } = await locks.take(key);
    await tries.block(key, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - 1)));
  };
  return {
    before: async (tried) => {
      await pass(ofAddress, hashOf(tried.address));
      await pass(ofUser, hashOf(tried.name));
      const { count, waitMs } = await tries.take(keyOf(tried));
      if (waitMs > 0) throw tooMany(waitMs);
      // The last try before the wait: the wait begins with it, whatever comes of those that run beside it.
      if (count === most) await lock(keyOf(tried));
    },
    succeeded: (tried) => tries.forget(keyOf(tried)),
  };
}

/** No name and no address is kept where tries are counted. */
function keyOf({ name, address }: LogInTry): string {
  return hashOf(`${name}|${address}`);
}
