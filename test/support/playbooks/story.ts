import type { Company } from '../company.js';

export const ROLES = ['champion', 'sponsor', 'economic-buyer', 'user', 'other'] as const;
export type Role = (typeof ROLES)[number];
export type Values = Readonly<Record<string, string | number | boolean | null>>;

/** One row of the usage feed. */
export interface Used {
  readonly feature?: string;
  readonly times: number;
  readonly users: number;
  readonly keys: number;
}

/** Where an event takes place: one account on one morning, before the run. */
export interface Scene {
  readonly company: Company;
  readonly day: number;
  readonly account: string;
  readonly contact: (role: Role) => string;
  readonly email: (role: Role) => string;
  /** Ids of rows that earlier events of the story made, by the name that it gave them. */
  readonly made: Map<string, string>;
}

export type Event = (scene: Scene) => Promise<unknown>;

/**
 * One account with which one playbook is driven, and everything that may happen to it in all the weeks:
 * what is not written here must not come about.
 */
export interface Story {
  readonly playbook: string;
  /** What it shows: the name of the test. */
  readonly tells: string;
  /** Fields of the account at the start. */
  readonly account?: Values;
  /** Who works there; all five roles when absent. */
  readonly people?: readonly Role[];
  /** Rows of the usage feed by week: week n lies on day 7 n. */
  readonly usage?: (week: number) => readonly Used[];
  /** Events by day, before that day's run; negative days lie before the first one. */
  readonly days?: Readonly<Record<number, readonly Event[]>>;
  /** False where nobody does the work that is opened. */
  readonly worked?: false;
  /** True for an account that the draw keeps out of the playbook. */
  readonly heldOut?: boolean;
  /** `day step: whom`, in order; between runs that lie far apart edges grow too old to be acted on; steps of other playbooks as `playbook/step`. */
  readonly happens: readonly string[];
  /** `day how`, for each episode of the playbook, with the day where it ended early. */
  readonly episodes: readonly string[];
}

export const LONG_AGO: Values = { Customer_Since__c: '2025-02-03' };
