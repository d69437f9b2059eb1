import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';

const DAY_MS = 86_400_000;

/** Enrolments that each inbox may still do, as far as this process knows: what others enrol is not told to us. */
export interface InboxBudget {
  readonly room: (senderEmail: string) => number;
  /** Takes one; false when there is none left. */
  readonly take: (senderEmail: string) => boolean;
  /** The enrolment that was taken for did not come about. */
  readonly giveBack: (senderEmail: string) => void;
  /** HubSpot says that the inbox is done for the day. */
  readonly close: (senderEmail: string) => void;
  readonly isClosed: (senderEmail: string) => boolean;
}

/**
 * `most` in any 24 hours. A closed inbox opens at midnight UTC: when HubSpot's own day begins, in the account's
 * time zone or rolling, costs a call to find out, and asking too early costs one refused call.
 */
export function inboxBudget(clock: Clock, most: number): InboxBudget {
  const taken = new Map<string, readonly Instant[]>();
  const closedOn = new Map<string, number>();
  const today = (): number => Math.floor(clock.now() / DAY_MS);
  const recent = (inbox: string): readonly Instant[] =>
    (taken.get(inbox) ?? []).filter((at) => at > clock.now() - DAY_MS);
  const isClosed = (inbox: string): boolean => closedOn.get(inbox) === today();
  const roomOf = (inbox: string): number => (isClosed(inbox) ? 0 : Math.max(0, most - recent(inbox).length));
  return {
    room: (senderEmail) => roomOf(inboxOf(senderEmail)),
    take: (senderEmail) => {
      const inbox = inboxOf(senderEmail);
      if (roomOf(inbox) === 0) return false;
      taken.set(inbox, [...recent(inbox), clock.now()]);
      return true;
    },
    giveBack: (senderEmail) => {
      const inbox = inboxOf(senderEmail);
      taken.set(inbox, (taken.get(inbox) ?? []).slice(0, -1));
    },
    close: (senderEmail) => {
      closedOn.set(inboxOf(senderEmail), today());
    },
    isClosed: (senderEmail) => isClosed(inboxOf(senderEmail)),
  };
}

function inboxOf(senderEmail: string): string {
  return senderEmail.trim().toLowerCase();
}
