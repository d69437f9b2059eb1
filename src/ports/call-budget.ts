/**
 * One budget of calls for all workers of an org. Every limit is asked before the call, never found out by it.
 * Time is the store's own where several machines share it. Throws only `IntegrationError`; a store that is away
 * throws a retryable one, so that nobody calls uncounted.
 */
export interface CallBudget {
  /**
   * Takes `count` calls out of the share of any 24 hours, all or none. `org` is what the vendor said of the
   * whole org since the last time, null when nothing new. False = the share or the org's ceiling would be
   * passed. Before anybody heard how much the org has, everything is given and counted. A negative count gives
   * back what was taken and not used.
   */
  readonly take: (count: number, org: OrgUsage | null) => Promise<boolean>;
  /** Calls that we made in the last 24 hours, all workers together. */
  readonly spent: () => Promise<number>;
  /** The last that any worker heard about the whole org; null before. */
  readonly heard: () => Promise<OrgUsage | null>;
}

/** What we spend of our share: calls in 24 hours, and how many the share is. */
export interface Spending {
  readonly spent: number;
  readonly ours: number;
}

/** Calls of the whole org, by everybody, in the vendor's own count. */
export interface OrgUsage {
  readonly used: number;
  readonly max: number;
}

/** Lets `size` calls through in any `windowMs`, over all workers; the others wait for their turn. */
export interface RateWindow {
  readonly turn: () => Promise<void>;
}

/** Where budgets and windows live: in this process, or in Redis for all workers. The same name is the same budget. */
export interface Budgets {
  readonly calls: (name: string, limits: CallLimits) => CallBudget;
  readonly window: (name: string, size: number, windowMs: number) => RateWindow;
  readonly close: () => Promise<void>;
}

export interface CallLimits {
  /** Share (0-1) of the org's daily calls that is ours in any 24 hours. */
  readonly share: number;
  /** Share (0-1) of the org's daily calls, by everybody, at which we stop. */
  readonly ceiling: number;
  /** Our calls of the last 24 hours as records tell; it counts where the store knows of fewer. */
  readonly spentBefore: number;
}
