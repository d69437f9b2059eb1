import type { Instant } from '../../domain/day.js';
import type { ToolId } from '../../domain/engagement/channel.js';

/** What a webhook told, as far as it is used: that something happened to somebody, never what. */
export interface Heard {
  readonly tool: ToolId;
  /** The tool's own ids of people. */
  readonly records: readonly string[];
  /** By which the same delivery is known when it comes again. */
  readonly delivery: string;
  /** When the tool says that it sent it; null where that is part of the signature, or not told. */
  readonly sentAt: Instant | null;
}
