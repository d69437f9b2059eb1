import type { Day } from '../day.js';
import type { PersonRule, TaskWords } from './playbook.js';

/** So many touches in any so many days, both inclusive. */
export interface Cap {
  readonly touches: number;
  readonly days: number;
}

export interface Pool {
  readonly id: string;
  /** Salesforce user ids or addresses, in the order of the turn. */
  readonly members: readonly string[];
  /** Work that one member is given on a day. */
  readonly perDay: number;
}

/** 0 = Sunday … 6 = Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** What holds for every playbook: config/engagement.yaml, resolved. */
export interface EngagementPolicy {
  /** False stops everything that is sent, tasks included. */
  readonly enabled: boolean;
  /** Lower-case addresses that alone may be enrolled; null = no test mode. */
  readonly testOnly: readonly string[] | null;
  readonly caps: {
    readonly person: Cap;
    readonly account: Cap;
    /** Enrolments in the name of one sender on a day. */
    readonly senderPerDay: number;
  };
  readonly calendar: {
    readonly businessDays: readonly Weekday[];
    readonly holidays: readonly Day[];
    /** Minutes after local midnight between which messages may start, in the contact's zone where known; null = all day. */
    readonly hours: { readonly from: number; readonly to: number } | null;
  };
  readonly pools: readonly Pool[];
  readonly brakes: {
    /** Share (0-1) of accounts whose band, tier or enrolments a plan may change, … */
    readonly share: number;
    /** … once it is at least this many accounts. */
    readonly atLeast: number;
    /** Rise (0-1) of the share of accounts of which a source says nothing. */
    readonly missing: number;
  };
  readonly reply: TaskWords;
  /** Work that nobody closed: days after its due day until `to` is told, and again until it is given up. */
  readonly escalation: { readonly afterDays: number; readonly to: PersonRule };
  /** Share of accounts kept out of every playbook that has a hold-out. */
  readonly programHoldout: number;
  /** Countries (as written, lower case) in which a legal basis must be on record. */
  readonly basisRequiredIn: readonly string[];
  /** Named days of the program, as facts `program.<name>`. */
  readonly dates: Readonly<Record<string, Day | null>>;
}
