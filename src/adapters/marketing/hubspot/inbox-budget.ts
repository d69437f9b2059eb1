import { createHash } from 'node:crypto';
import type { Budgets, CallBudget } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';

const DAY_MS = 86_400_000;

/** Enrolments that each inbox may still do, as far as all our workers know: what others enrol is not told to us. */
export interface InboxBudget {
  readonly room: (senderEmail: string) => Promise<number>;
  /** Takes one; false when there is none left. */
  readonly take: (senderEmail: string) => Promise<boolean>;
  /** The enrolment that was taken for did not come about. */
  readonly giveBack: (senderEmail: string) => Promise<void>;
  /** HubSpot says that the inbox is done for the day. */
  readonly close: (senderEmail: string) => void;
  readonly isClosed: (senderEmail: string) => boolean;
}

export interface InboxContext {
  readonly budgets: Budgets;
  readonly clock: Clock;
}

/**
 * `most` in any 24 hours (and up to five minutes more, as budgets count). A closed inbox opens at midnight UTC: when HubSpot's own day begins, in the account's
 * time zone or rolling, costs a call to find out, and asking too early costs one refused call.
 */
export function inboxBudget({ budgets, clock }: InboxContext, most: number): InboxBudget {
  const closedOn = new Map<string, number>();
  const today = (): number => Math.floor(clock.now() / DAY_MS);
  const isClosed = (senderEmail: string): boolean => closedOn.get(inboxOf(senderEmail)) === today();
  const all = { used: 0, max: most };
  const budgetOf = (senderEmail: string): CallBudget => budgets.calls(nameOf(senderEmail), WHOLE);
  return {
    isClosed,
    async room(senderEmail) {
      return isClosed(senderEmail) ? 0 : Math.max(0, most - (await budgetOf(senderEmail).spent()));
    },
    take: async (senderEmail) => !isClosed(senderEmail) && budgetOf(senderEmail).take(1, all),
    async giveBack(senderEmail) {
      // Where the store is away the inbox has one place less for a day: that is no reason to lose the answer.
      await budgetOf(senderEmail)
        .take(-1, null)
        .catch(() => undefined);
    },
    close: (senderEmail) => {
      closedOn.set(inboxOf(senderEmail), today());
    },
  };
}

/** All that the inbox has is ours to give. */
const WHOLE = { share: 1, ceiling: 1, spentBefore: 0 };

function inboxOf(senderEmail: string): string {
  return senderEmail.trim().toLowerCase();
}

/** Names of budgets are seen by whoever looks into the store: an address is none of theirs. */
function nameOf(senderEmail: string): string {
  return `hubspot-inbox:${createHash('sha256').update(inboxOf(senderEmail)).digest('hex').slice(0, 32)}`;
}
