import { IntegrationError } from '../ports/errors.js';
import { type HeldLease, lostLease } from '../ports/holds.js';
import type { StateStore } from '../ports/state-store.js';

const TTL_MS = 20_000;
const RENEW_MS = 5_000;

export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  /** True when it is certain that this holder no longer runs. */
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
}

interface Lease {
  readonly fence: number;
}

/** A lease in our hands, while we work under it. */
export interface OurLease {
  readonly held: HeldLease;
  /** Aborts when it is lost. */
  readonly signal: AbortSignal;
  /** Throws when it is somebody else's by now. */
  readonly check: () => Promise<void>;
}

/** Runs `work` while holding the lease. One run per org at a time. */
export async function withLease<T>(
  state: StateStore,
  request: LeaseRequest,
  work: (lease: OurLease) => Promise<T>,
): Promise<T> {
  const { name, holder, realNow } = request;
  const lease = (await take(state, request)) ?? (await takeFromDead(state, request));
  if (lease === null) throw runInProgress();
  const lost = new AbortController();
  let until = realNow() + TTL_MS;
  const timer = setInterval(() => {
    const now = realNow();
    void state.leases.renew(name, holder, lease.fence, now, TTL_MS).then(
      (kept) => {
        if (kept) until = now + TTL_MS;
        else lost.abort(lostLease());
      },
      (error: unknown) => lost.abort(error),
    );
  }, RENEW_MS);
  timer.unref();
  const check = async (): Promise<void> => {
    lost.signal.throwIfAborted();
    // A process that was asleep knows it by the clock, before it asks anybody.
    const held = realNow() < until ? await state.leases.holder(name) : null;
    if (held?.holder !== holder || held.fence !== lease.fence) throw lostLease();
  };
  try {
    return await work({ held: { name, holder, fence: lease.fence }, signal: lost.signal, check });
  } finally {
    clearInterval(timer);
    await state.leases.release(name, holder, lease.fence);
  }
}

function take(state: StateStore, { name, holder, realNow }: LeaseRequest): Promise<Lease | null> {
  return state.leases.take(name, holder, realNow(), TTL_MS);
}

/** Nobody need wait for a process that was killed on this machine. Of two who free it, one takes it. */
async function takeFromDead(state: StateStore, request: LeaseRequest): Promise<Lease | null> {
  const held = await state.leases.holder(request.name);
  if (held !== null) {
    if (!request.holderIsGone(held.holder)) return null;
    await state.leases.release(request.name, held.holder, held.fence);
  }
  return take(state, request);
}

export function runInProgress(): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_IN_PROGRESS',
    message: 'Another run for this org is under way, or ended on another machine without saying so.',
    actions: ['Wait for it to end (`truenorth runs` shows it), at least 20 seconds, then start again.'],
    retryable: true,
    provider: 'state',
    operation: 'start run',
  });
}
