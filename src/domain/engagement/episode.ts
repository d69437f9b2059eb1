import type { Day } from '../day.js';
import type { RefusalReason } from './codes.js';

/** Why an episode, or a person's part in it, ended. */
export type ExitReason =
  | 'completed'
  | 'goal'
  | 'condition-gone'
  | 'exit-condition'
  | 'tier-changed'
  | 'phase-changed'
  | 'churned'
  | 'stopped'
  | 'abandoned'
  | 'outranked'
  | 'subject-gone'
  | 'refused'
  | 'replied'
  | 'meeting-booked'
  | 'unsubscribed'
  | 'bounced'
  | 'left-company';

export interface Ended<Reason extends ExitReason = ExitReason> {
  readonly on: Day;
  readonly by: Reason;
}

/** One run of one playbook for one subject. Held in the state of the account; a copy goes to the store. */
export interface Episode {
  readonly id: string;
  readonly playbook: string;
  /** Version of the playbook that it started on and stays with. */
  readonly version: string;
  /** `account`, a person's key, a request's or a moment's. */
  readonly subject: string;
  /** Day of the edge: day 1 of the steps. */
  readonly edge: Day;
  /** Day on which the edge was seen. */
  readonly seenOn: Day;
  readonly mark: number | null;
  readonly heldOut: boolean;
  /** Why it never began, or null. */
  readonly refused: RefusalReason | null;
  readonly side: 'then' | 'else' | null;
  /** Steps that were let go or not taken, with the day. */
  readonly let: Readonly<Record<string, Day>>;
  /** Steps whose condition was met, with the day; a step that waited moves the later ones by what it took. */
  readonly cleared: Readonly<Record<string, Day>>;
  readonly goalOn: Day | null;
  /** True while the goal holds that held when the episode began: what was so before has not been reached. */
  readonly goalHeld?: boolean;
  /** Steps are over; null while they run. The goal is watched beyond it. */
  readonly ended: Ended | null;
  /** Persons whose part ended earlier, by key. */
  readonly out: Readonly<Record<string, Ended>>;
  /** Tier and phase when it began. */
  readonly tier: string;
  readonly phase: string | null;
}
