import type { Grant, RefreshAuth, TokenSettings } from './auth.js';
import { grantAsker, notKept } from './grant.js';

export interface Tokens {
  /** An access token; a new one when the one in hand ends within a minute. */
  readonly current: () => Promise<string>;
  /** Outreach refused this one. True when another can be had. */
  readonly refused: (accessToken: string) => boolean;
}

/** A second access token within a minute is answered 429 (pages of developers.outreach.io, harvested by 2026-11-22). */
const MINT_EVERY_MS = 60_000;
/** A token that ends this soon might end on the way. */
const MARGIN_MS = 60_000;

export function accessTokens(settings: TokenSettings): Tokens {
  const { auth } = settings;
  if (auth.kind === 'token') return { current: async () => auth.accessToken, refused: () => false };
  return refreshedTokens(settings, auth);
}

/** One minting serves everybody who asks meanwhile. */
function refreshedTokens(settings: TokenSettings, auth: RefreshAuth): Tokens {
  const { clock } = settings;
  const ask = grantAsker(settings, auth);
  let grant: Grant | null = null;
  let stored = auth.refreshToken;
  let minting: Promise<string> | null = null;
  const isGood = (until: number): boolean => grant !== null && clock.now() < grant.expiresAt - until;
  /** A refresh token that is not stored is lost with this process: it is stored before it is used. */
  const keep = async (): Promise<void> => {
    if (grant === null || grant.refreshToken === stored) return;
    await auth.onRotated(grant.refreshToken).catch((error: unknown) => {
      throw notKept(error);
    });
    stored = grant.refreshToken;
  };
  const mint = async (): Promise<string> => {
    await keep();
    const wait = grant === null ? 0 : grant.mintedAt + MINT_EVERY_MS - clock.now();
    if (grant !== null && isGood(wait > 0 ? 0 : MARGIN_MS)) return grant.accessToken;
    if (wait > 0) await clock.sleep(wait);
    grant = await ask(stored);
    await keep();
    return grant.accessToken;
  };
  return {
    current: async () => {
      if (grant !== null && grant.refreshToken === stored && isGood(MARGIN_MS)) return grant.accessToken;
      minting ??= mint().finally(() => {
        minting = null;
      });
      return minting;
    },
    refused: (accessToken) => {
      if (grant?.accessToken === accessToken) grant = { ...grant, expiresAt: Number.NEGATIVE_INFINITY };
      return true;
    },
  };
}
