/** How often something may be tried within a while. */
export interface ThrottleRule {
  readonly most: number;
  readonly windowMs: number;
}

export interface Tried {
  /** Tries in this window, this one included. */
  readonly count: number;
  /** 0 = go on; otherwise how long nothing more may be tried, in milliseconds. */
  readonly waitMs: number;
}

/** Counts tries by a key: an address, a token, a name. */
export interface Throttle {
  /** Counts one more, before it is made. */
  readonly take: (key: string) => Promise<Tried>;
  /** Lets nothing through for so long, in milliseconds; afterwards the count begins anew. */
  readonly block: (key: string, waitMs: number) => Promise<void>;
  readonly forget: (key: string) => Promise<void>;
}

/** Where tries are counted: in this process, or in Redis for all. What can't be counted there is counted here, never refused for it. */
export interface Throttles {
  readonly of: (name: string, rule: ThrottleRule) => Throttle;
  readonly close: () => Promise<void>;
}
