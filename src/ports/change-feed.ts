import type { Instant } from '../domain/day.js';

/** Something changed in the CRM: which records, not what. They are read like any other. */
export interface ChangeHint {
  /** Object name as the CRM spells it. */
  readonly object: string;
  /** 18-character ids; empty = more than the feed can name: the whole object is to be read from its cursor. */
  readonly ids: readonly string[];
  readonly deleted: boolean;
  /** When the CRM committed it; null where the feed does not say. */
  readonly at: Instant | null;
  /** Where to go on after this one; opaque. */
  readonly position: string;
}

export interface FeedStatus {
  readonly state: 'off' | 'connecting' | 'live' | 'silent' | 'lost';
  /** One sentence: since when, why, and what happens meanwhile (polling goes on). */
  readonly sentence: string;
  readonly lastHeardAt: Instant | null;
}

export interface FeedListener {
  /** Called in the feed's order; the next is not told before it resolves. */
  readonly hint: (hint: ChangeHint) => Promise<void>;
  readonly status: (status: FeedStatus) => void;
}

/**
 * Changes as they happen, as an accelerator of polling: what a feed misses is found by the next pull.
 * Changes that our own writes made are left out. Throws only `IntegrationError`.
 */
export interface ChangeFeed {
  /** Goes on after `position`; null = from now. A position that the CRM no longer keeps is told as a hint without ids. */
  readonly follow: (
    objects: readonly string[],
    position: string | null,
    listener: FeedListener,
  ) => Promise<{ readonly stop: () => Promise<void> }>;
}
