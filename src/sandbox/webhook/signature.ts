import { createHmac, timingSafeEqual } from 'node:crypto';

interface Stamped {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

interface Trust {
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Both ways: a clock that runs ahead is as wrong as an old delivery. */
const FRESH_SECONDS = 300;

/** True when this raw body was signed with the secret, no more than five minutes from now. */
export function proves({ timestamp, signature }: Stamped, raw: string, { secret, now }: Trust): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > FRESH_SECONDS) return false;
  const given = /^v1=([0-9a-f]{64})$/.exec(signature ?? '')?.[1];
  if (given === undefined) return false;
  const mac = createHmac('sha256', secret);
  mac.update(timestamp);
  mac.update('.');
  mac.update(raw, 'utf8');
  return timingSafeEqual(mac.digest(), Buffer.from(given, 'hex'));
}
