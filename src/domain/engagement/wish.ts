import type { Day } from '../day.js';
import type { RefusalReason } from './codes.js';
import type { ExitReason } from './episode.js';
import type { PlaybookStep } from './playbook.js';

/** A step that an account asks for: for a person, or (a task) for the account as a whole. */
export interface StepWish {
  readonly kind: 'step';
  readonly playbook: string;
  readonly version: string;
  readonly priority: number;
  readonly step: StepOfWish;
  readonly episode: string;
  readonly edge: Day;
  /** Day on which the step is due by the calendar of the episode. */
  readonly due: Day;
  /** Steps of the episode before it, with their own due day: gaps are kept for each person. */
  readonly before: readonly {
    readonly step: string;
    readonly due: Day;
    /** Last day on which it may be decided. */
    readonly until: Day;
  }[];
  /** Day on which the last message of the episode is planned, as far as it can be told. */
  readonly busyUntil: Day;
  readonly account: string;
  /** Which request or moment it is about, where the playbook is about those; null otherwise. */
  readonly about: string | null;
  readonly person: { readonly key: string; readonly contactId: string } | null;
  /** Place in the order of roles, from 0; beyond `maxPersons` only if one before is not enrolled. */
  readonly rank: number;
  /** Account-state reasons that hold today, in the documented order; asked at a person's first step only. */
  readonly entry: readonly RefusalReason[];
  /** What the CRM alone says against this person at this step, or null. */
  readonly refused: RefusalReason | null;
}

/** The part of a step that deciding and carrying out need: plain values, no conditions. */
export type StepOfWish = Omit<PlaybookStep, 'when' | 'waitFor' | 'side' | 'mark'>;

/** Somebody whose part ended is to be taken out of whatever channel still holds them. */
export interface LeaveWish {
  readonly kind: 'leave';
  readonly playbook: string;
  readonly priority: number;
  readonly episode: string;
  readonly account: string;
  /** Null = everybody of the episode. */
  readonly person: string | null;
  readonly by: ExitReason;
}

export type Wish = StepWish | LeaveWish;
