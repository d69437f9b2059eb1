import type { Day } from '../day.js';
import type { ChannelId } from '../engagement/channel.js';
import type { ExitReason } from '../engagement/episode.js';

/** Something that was decided for a person (or an account) at a step, as the ledger has it. */
export interface Act {
  readonly key: string;
  readonly episode: string;
  readonly step: string;
  readonly person: string;
  readonly contact: string | null;
  readonly account: string;
  readonly playbook: string;
  readonly channel: ChannelId;
  readonly status: 'intended' | 'enrolled' | 'already' | 'refused' | 'deferred' | 'unclear';
  readonly code: string | null;
  readonly touchDays: readonly Day[];
  /** Last day on which a later message of the episode is planned. */
  readonly busyUntil: Day;
  readonly day: Day;
  readonly tryOn: Day | null;
  readonly leftOn: Day | null;
  readonly leftBy: ExitReason | null;
}

/** Done, or it may have been: counts against every cap. */
export function isSent({ status }: Pick<Act, 'status'>): boolean {
  return status !== 'refused' && status !== 'deferred';
}

/** Final: the key is never decided again. */
export function isClosed({ status }: Pick<Act, 'status'>): boolean {
  return status === 'enrolled' || status === 'already' || status === 'refused';
}

/** Its playbook still has the person: a touch or a later message lies ahead or today, and nobody took them out. */
export function isActive(act: Act, today: Day): boolean {
  return isSent(act) && act.leftOn === null && Math.max(act.day, act.busyUntil, ...act.touchDays) >= today;
}
