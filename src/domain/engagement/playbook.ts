import type { Day } from '../day.js';
import type { Condition, Expression } from '../facts/fact.js';

export type ChannelId = 'hubspot-list' | 'hubspot-sequence';

export interface PlaybookStep {
  readonly id: string;
  /** Day of the episode; day 1 is the day of the trigger. */
  readonly day: number;
  readonly channel: ChannelId;
  /** The list's or the sequence's name in the marketing tool. */
  readonly target: string;
  /** Who the message comes from: a rule that names a person, never a team or a no-reply address. */
  readonly sender: 'account-owner' | 'csm';
  /** A step may be late by this many days, then it is skipped. */
  readonly lateBy: number;
}

export interface Playbook {
  readonly id: string;
  readonly label: string;
  readonly version: string;
  /** Unique; the higher wins where two want the same person. */
  readonly priority: number;
  readonly trigger: {
    /** `account`: one episode an account. `person`: the edge belongs to each person. */
    readonly per: 'account' | 'person';
    readonly when: Condition;
    /** The day the condition came true, where facts can tell; null = the day it is first seen true. */
    readonly edge: Expression<number> | null;
    /** What already holds when first seen: `arm` waits for the next edge, `fire` counts as one. */
    readonly onFirstSight: 'arm' | 'fire';
    /** Edges older than this many days are recorded as missed. */
    readonly fireWithin: number;
    readonly reenter: 'never' | 'always' | { readonly afterDays: number };
  };
  readonly audience: {
    /** Account condition; null = everyone. */
    readonly when: Condition | null;
    /** Roles in the order in which persons are chosen. */
    readonly roles: readonly ContactRole[];
    readonly maxPersons: number;
  };
  readonly steps: readonly PlaybookStep[];
  /** Share of accounts kept out, so that the effect can be measured. */
  readonly holdout: number;
  /** Account-state codes that do not stop this playbook; consent codes can't be listed. */
  readonly ignore: readonly RefusalCode[];
}

export const CONTACT_ROLES = ['economic-buyer', 'sponsor', 'champion', 'user', 'other'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

/** Refused is final for its key; a consent code can never be ignored. */
export const REFUSAL_CODES = [
  'no_contact',
  'duplicate_person',
  'churned',
  'holdout',
  'already_active',
  'cooldown',
  'invalid_email',
  'bounced',
  'opted_out_crm',
  'opted_out_marketing',
  'consent_unknown',
  'account_cap',
  'sender_unavailable',
  'vendor_refused',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What a playbook remembers of an account, or of a person where the edge belongs to persons. */
export interface TriggerState {
  /** Playbook version that it was read under; another one re-baselines and does not fire. */
  readonly version: string;
  /** Last known answer; an unknown answer leaves it as it was. */
  readonly held: boolean;
  readonly since: Day;
  readonly firedOn: Day | null;
  /** The edge that started the running episode, or null. */
  readonly episodeOn: Day | null;
}
