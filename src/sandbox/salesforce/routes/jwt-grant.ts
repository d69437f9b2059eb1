import { compactVerify, decodeJwt } from 'jose';
import type { Credentials } from '../credentials.js';
import type { Org } from '../store/org.js';

interface Assertion {
  readonly org: Org;
  readonly credentials: Credentials;
  readonly url: string;
  readonly assertion: string;
}

type Found =
  | { readonly userId: string; readonly clientId: string }
  | { readonly error: string; readonly error_description: string };

const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** The user that a signed assertion speaks for, or why it does not. */
export async function jwtUser({ org, credentials, url, assertion }: Assertion): Promise<Found> {
  const claims = claimsOf(assertion);
  if (claims === null) {
    return invalid('invalid assertion');
  }
  const client = credentials.clients.find((one) => one.id === claims.iss);
  if (client === undefined) {
    return { error: 'invalid_client_id', error_description: 'client identifier invalid' };
  }
  if (!(await signedBy(assertion, client.publicKey))) {
    return invalid('invalid assertion');
  }
  // The real CLI writes its audience with a slash at the end, and `localhost` for 127.0.0.1.
  const audience = String(claims.aud).replace(/\/$/, '').replace('//localhost:', '//127.0.0.1:');
  if (audience !== url && !AUDIENCES.includes(audience)) {
    return invalid('audience is invalid');
  }
  if (isOver(claims.exp, org.clock.now())) {
    return invalid('expired authorization code');
  }
  const userId = credentials.userNamed(String(claims.sub));
  return userId === null ? invalid("user hasn't approved this consumer") : { userId, clientId: client.id };
}

function claimsOf(assertion: string): ReturnType<typeof decodeJwt> | null {
  try {
    return decodeJwt(assertion);
  } catch {
    return null;
  }
}

/** The CLI gives milliseconds where the standard wants seconds (facts §1.1). A client's clock is the machine's, not the org's: both count. */
function isOver(exp: number | undefined, now: number): boolean {
  const at = (exp ?? 0) > 100_000_000_000 ? (exp ?? 0) : (exp ?? 0) * 1000;
  return at < Math.min(now, Date.now()) - 60_000;
}

async function signedBy(
  assertion: string,
  key: Credentials['clients'][number]['publicKey'],
): Promise<boolean> {
  try {
    await compactVerify(assertion, key, { algorithms: ['RS256'] });
    return true;
  } catch {
    return false;
  }
}

function invalid(description: string): Found {
  return { error: 'invalid_grant', error_description: description };
}
