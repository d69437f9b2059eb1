import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';

export type OutreachAuth =
  | { readonly kind: 'token'; readonly accessToken: string }
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
      /** Called with the next refresh token before anything is done with it; resolves when it is stored. */
      readonly onRotated: (refreshToken: string) => Promise<void>;
    };

export type RefreshAuth = Extract<OutreachAuth, { kind: 'refresh-token' }>;

export interface TokenSettings {
  readonly baseUrl: string;
  readonly auth: OutreachAuth;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Before each request to the token endpoint. */
  readonly onSend: () => void;
}

export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Instant;
  readonly mintedAt: Instant;
}
