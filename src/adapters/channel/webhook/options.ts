import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';

export interface WebhookOptions {
  /** https, or http on this machine. Followed as it stands: no redirects. */
  readonly url: string;
  /** What both sides sign with; at least 16 characters. Never logged. */
  readonly secret: string;
  /** The runtime's own unless a test brings another. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  readonly log: Log;
  /** Longest wait for the receiver's answer. */
  readonly timeoutMs: number;
}
