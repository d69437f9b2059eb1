import type { Condition, Expression } from '../facts/fact.js';
import type { ChannelId, Touches } from './channel.js';
import type { RefusalCode } from './codes.js';

/** A person of ours, by rule: never a team address and nobody who does not read replies. */
export type PersonRule =
  | { readonly kind: 'account-owner' }
  /** The CSM; where there is none the account owner. */
  | { readonly kind: 'csm' }
  /** Round robin over the active members of a pool in config/engagement.yaml. */
  | { readonly kind: 'pool'; readonly pool: string };

/** Work for one of us. */
export interface TaskWords {
  /** Up to 200 characters; the day of the edge is put behind it, which makes it unique for the account. */
  readonly subject: string;
  readonly description: string;
  readonly kind: 'call' | 'meeting' | 'message' | 'other';
  readonly owner: PersonRule;
  /** Business days until it is due; 0 = the same day. */
  readonly dueIn: number;
  readonly priority: 'high' | 'normal' | 'low';
}

export interface PlaybookStep {
  readonly id: string;
  /** Day of the episode; day 1 is the day of the trigger. */
  readonly day: number;
  readonly channel: ChannelId;
  /** The list, sequence, campaign or event by name; for a task its subject. */
  readonly target: string;
  /** Who the message comes from. */
  readonly sender: PersonRule;
  /** A step may be late by this many days, then it is skipped. */
  readonly lateBy: number;
  /** Only where it holds on the day of the step; unknown waits until `lateBy` is over. Null = always. */
  readonly when: Condition | null;
  /** Held back until `when` holds, at most `days` beyond its day; then skipped. Later steps keep their gaps. */
  readonly waitFor: { readonly when: Condition; readonly days: number } | null;
  /** Which side of the branch it stands on; null = both. */
  readonly side: 'then' | 'else' | null;
  /** Only for the episode of this mark; null = of every one. */
  readonly mark: number | null;
  /** What joining means; null = as the channel itself says. */
  readonly touches: Touches | null;
  /** The words of a task step; null for every other channel. */
  readonly task: TaskWords | null;
}

/** What a trigger is about: each has an edge of its own. */
export const SUBJECT_KINDS = ['account', 'person', 'request', 'moment'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface Trigger {
  readonly per: SubjectKind;
  readonly when: Condition;
  /** The day the condition came true, where facts can tell; null = the day it is first seen true. */
  readonly edge: Expression<number> | null;
  /** Fires where `of` falls to or below a mark; of several crossed at once the last. Null = by `when` alone. */
  readonly countdown: { readonly of: Expression<number>; readonly marks: readonly number[] } | null;
  /** Fires at the first sight of each period in which `when` holds. Null = by `when` alone. */
  readonly every: 'week' | 'month' | 'quarter' | null;
  /** What already holds when first seen: `arm` waits for the next edge, `fire` counts as one. */
  readonly onFirstSight: 'arm' | 'fire';
  /** Edges older than this many days are recorded as missed. */
  readonly fireWithin: number;
  readonly reenter: 'never' | 'always' | { readonly afterDays: number };
}

export interface Exits {
  /** Ends when the trigger's condition is known to hold no more. */
  readonly conditionGone: boolean;
  readonly tierChanged: boolean;
  readonly phaseChanged: boolean;
  /** One more condition of the playbook's own. */
  readonly when: Condition | null;
}

export interface Playbook {
  readonly id: string;
  readonly label: string;
  readonly version: string;
  /** The file as written, so that running episodes can stay with it; opaque. */
  readonly source: unknown;
  /** Unique; the higher wins where two want the same person. */
  readonly priority: number;
  readonly trigger: Trigger;
  readonly audience: {
    /** Account condition; null = everyone. */
    readonly when: Condition | null;
    /** Roles in the order in which persons are chosen. */
    readonly roles: readonly ContactRole[];
    readonly maxPersons: number;
  };
  /** Decided once, on its day; null = no branch. */
  readonly branch: { readonly day: number; readonly when: Condition } | null;
  /** In order of day. */
  readonly steps: readonly PlaybookStep[];
  /** Replies, unsubscribing, the goal and churn always end it; these do where they are set. */
  readonly exits: Exits;
  readonly goal: { readonly when: Condition; readonly withinDays: number } | null;
  /** What opens when somebody replies; null = the one of config/engagement.yaml. */
  readonly reply: TaskWords | null;
  /** Nobody is taken in within so many days of a step of any playbook of the same group; null = no group. */
  readonly rest: { readonly group: string; readonly days: number } | null;
  /** Share of accounts kept out, so that the effect can be measured. */
  readonly holdout: number;
  /** Codes that do not stop this playbook; consent codes can't be listed. */
  readonly ignore: readonly RefusalCode[];
  /** True where a condition of it reads the score, the band or what follows from them. */
  readonly readsHealth: boolean;
}

export const CONTACT_ROLES = ['economic-buyer', 'sponsor', 'champion', 'user', 'other'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];
