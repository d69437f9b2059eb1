import { IntegrationError } from '../ports/errors.js';
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

/** Runs `work` while holding the lease; the signal aborts when it is lost. One run per org at a time. */
export async function withLease<T>(
  state: StateStore,
  request: LeaseRequest,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { name, holder, realNow } = request;
  const lease = (await take(state, request)) ?? (await takeFromDead(state, request));
  if (lease === null) throw busy();
  const lost = new AbortController();
  const timer = setInterval(() => {
    void state.leases.renew(name, holder, lease.fence, realNow(), TTL_MS).then(
      (kept) => kept || lost.abort(lostLease()),
      (error: unknown) => lost.abort(error),
    );
  }, RENEW_MS);
  timer.unref();
  try {
    return await work(lost.signal);
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

function busy(): IntegrationError {
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

function lostLease(): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_LEASE_LOST',
    message: 'This run was paused so long that another one could start; it stopped before its next write.',
    actions: ['Start again: what was done is kept, what was not is planned anew.'],
    retryable: true,
    provider: 'state',
    operation: 'renew lease',
  });
}
