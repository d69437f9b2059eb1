import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';

const DAY_MS = 86_400_000;

/** Enrolments that each sender may do in 24 hours. */
export interface SenderRoom {
  readonly left: (senderEmail: string) => number;
  /** Takes one; false when there is none left. */
  readonly take: (senderEmail: string) => boolean;
}

export function senderRoom(clock: Clock, most: number): SenderRoom {
  const taken = new Map<string, readonly Instant[]>();
  const recent = (sender: string): readonly Instant[] =>
    (taken.get(sender) ?? []).filter((at) => at > clock.now() - DAY_MS);
  return {
    left: (senderEmail) => most - recent(senderEmail.toLowerCase()).length,
    take: (senderEmail) => {
      const sender = senderEmail.toLowerCase();
      const before = recent(sender);
      if (before.length >= most) return false;
      taken.set(sender, [...before, clock.now()]);
      return true;
    },
  };
}
