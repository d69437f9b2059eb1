import type { SandboxClock } from '../../clock.js';

/** How to get in by OAuth. Worthless anywhere else. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The refresh token that the account starts with. */
  readonly refreshToken: string;
}

export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly createdAt: number;
}

export interface TokenStore {
  readonly credentials: Credentials;
  readonly stateOf: (accessToken: string) => 'valid' | 'expired' | 'unknown';
  /** Ends the refresh token and hands out the next pair; null when it is unknown, used or too old. */
  readonly refresh: (refreshToken: string) => Grant | null;
  /** When the next access token may be asked for, in milliseconds since 1970. */
  readonly nextMintAt: () => number;
}

export const ACCESS_SECONDS = 7_200;
const REFRESH_MS = 14 * 86_400_000;
/** Asking for more than one access token in this time is refused. */
const MINT_EVERY_MS = 60_000;

export interface TokenStart {
  readonly seed: number;
  readonly clock: SandboxClock;
  /** Let in for ever, beside those that are handed out. */
  readonly accessToken: string;
}

/** Tokens on the server's clock: access for two hours, refresh for fourteen days and one use. */
export function startTokens({ seed, clock, accessToken }: TokenStart): TokenStore {
  const credentials = {
    clientId: `sandbox-client-${seed}`,
    clientSecret: `sandbox-client-word-${seed}`,
    refreshToken: `sandbox-refresh-${seed}-0`,
  };
  const access = new Map([[accessToken, Number.POSITIVE_INFINITY]]);
  const refresh = new Map([[credentials.refreshToken, clock.now() + REFRESH_MS]]);
  let count = 0;
  let mintedAt = Number.NEGATIVE_INFINITY;
  return {
    credentials,
    stateOf: (token) => {
      const endsAt = access.get(token);
      if (endsAt === undefined) return 'unknown';
      return endsAt > clock.now() ? 'valid' : 'expired';
    },
    refresh: (token) => {
      const now = clock.now();
      const endsAt = refresh.get(token) ?? 0;
      if (endsAt <= now) return null;
      refresh.delete(token);
      count += 1;
      mintedAt = now;
      const grant = {
        accessToken: `sandbox-access-${seed}-${count}`,
        refreshToken: `sandbox-refresh-${seed}-${count}`,
      };
      access.set(grant.accessToken, now + ACCESS_SECONDS * 1_000);
      refresh.set(grant.refreshToken, now + REFRESH_MS);
      return { ...grant, createdAt: Math.floor(now / 1_000) };
    },
    nextMintAt: () => mintedAt + MINT_EVERY_MS,
  };
}
