import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';
import type { Mailbox } from './mailboxes.js';

const DAY_MS = 86_400_000;

/** Mails that a mailbox may still send, as far as this process knows: what else it sends is not told to us. */
export interface SenderRoom {
  /** Null when the mailbox has no limit that Outreach tells. */
  readonly left: (mailbox: Mailbox) => number | null;
  readonly take: (mailbox: Mailbox) => void;
}

/** Each enrolment sends its first mail at once. Outreach puts the rest off to the next day: nobody is refused for it. */
export function senderRoom(clock: Clock): SenderRoom {
  const taken = new Map<string, readonly Instant[]>();
  const recent = (id: string): readonly Instant[] =>
    (taken.get(id) ?? []).filter((at) => at > clock.now() - DAY_MS);
  return {
    left: ({ id, maxMailingsPerDay }) =>
      maxMailingsPerDay === null ? null : Math.max(0, maxMailingsPerDay - recent(id).length),
    take: ({ id }) => {
      taken.set(id, [...recent(id), clock.now()]);
    },
  };
}
