import { createHmac } from 'node:crypto';

interface Signing {
  readonly secret: string;
  readonly now: number;
}

/** The time in whole seconds is signed with the body, so that an old delivery can't be played again. */
export function signedHeaders(
  { secret, now }: Signing,
  key: string,
  body: string,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    'Content-Type': 'application/json',
    'Idempotency-Key': headerText(key),
    'Truenorth-Timestamp': timestamp,
    'Truenorth-Signature': `v1=${digest}`,
  };
}

/** A header holds printable ASCII only: the rest is percent-encoded, and the body holds the key as it is. */
function headerText(key: string): string {
  return key.replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);
}
