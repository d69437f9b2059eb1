import type { EngineParts } from '../engine-parts.js';

/** Keeps one engine at a time at the feed of an org. */
export interface FeedLease {
  /** Takes it or keeps it; false while somebody else has it. */
  readonly hold: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

const TTL_MS = 30_000;

export function feedLease(parts: EngineParts, org: string): FeedLease {
  const { state, holder, realNow, holderIsGone } = parts;
  const name = `feed:${org}`;
  let fence: number | null = null;
  const take = async (): Promise<boolean> => {
    const taken = await state.leases.take(name, holder, realNow(), TTL_MS);
    fence = taken?.fence ?? null;
    return taken !== null;
  };
  const takeFromDead = async (): Promise<boolean> => {
    const held = await state.leases.holder(name);
    if (held === null || !holderIsGone(held.holder)) return false;
    await state.leases.release(name, held.holder, held.fence);
    return take();
  };
  return {
    hold: async () => {
      if (fence !== null && (await state.leases.renew(name, holder, fence, realNow(), TTL_MS))) return true;
      return (await take()) || takeFromDead();
    },
    release: async () => {
      if (fence !== null) await state.leases.release(name, holder, fence);
      fence = null;
    },
  };
}
