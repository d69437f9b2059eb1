/** What can go wrong on purpose. Set over `POST /__sandbox/faults` on either server. */
export interface Fault {
  /** `latency` waits; `status` answers with `status` (and `body`); `reset` cuts the connection, after `afterBytes` of the body when given. */
  readonly kind:
    | 'latency'
    | 'status'
    | 'reset'
    | 'expire-session'
    | 'lock-row'
    | 'late-commit'
    | 'partial-failure'
    | 'lose-locator';
  /** Regular expression over `METHOD /path?query`; absent = every request. */
  readonly match?: string;
  /** Chance per matching request, from the seed; absent = 1. */
  readonly rate?: number;
  /** Hit only the n-th matching request (1-based) … */
  readonly nth?: number;
  /** … or at most this many; absent = no end. */
  readonly times?: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ms?: number;
  readonly afterBytes?: number;
}
