import type { Day, Instant } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import type { ExitReason } from '../domain/engagement/episode.js';

export interface LedgerEntry {
  /** `episode/step/person`; `-` in the place of the person where a step is about the account. */
  readonly key: string;
  readonly episode: string;
  readonly step: string;
  readonly person: string;
  /** 18-character contact id, or null where the step is about the account. */
  readonly contact: string | null;
  readonly account: string;
  readonly playbook: string;
  readonly channel: ChannelId;
  readonly target: string;
  readonly status: 'intended' | 'enrolled' | 'already' | 'refused' | 'deferred' | 'unclear';
  readonly code: string | null;
  readonly evidence: string | null;
  /** The tool's record id of the person, once known. */
  readonly recordId: string | null;
  /** Id of what the channel made: a task, a membership. */
  readonly made: string | null;
  /** Address of the sender, or the user id of a task's owner. */
  readonly sender: string | null;
  /** Days on which it touches the person, first to last. */
  readonly touchDays: readonly Day[];
  /** Last day on which a later message of the episode is planned for the person: until then it has them. */
  readonly busyUntil: Day;
  readonly day: Day;
  /** Moment of the decision. */
  readonly at: Instant;
  /** Day from which a deferred key is decided again; null for every other status. */
  readonly tryOn: Day | null;
  /** Day on which the person was taken out of the channel again, and why; null while they may be in it. */
  readonly leftOn: Day | null;
  readonly leftBy: ExitReason | null;
  readonly run: string;
}

export interface LedgerStore {
  /** Writes entries as given; an existing `enrolled`, `already` or `refused` key is never overwritten. Durable on return. */
  readonly write: (entries: readonly LedgerEntry[]) => Promise<void>;
  /** Notes who left a channel again; keys that are not there or have left already stay as they are. */
  readonly leave: (
    left: readonly { readonly key: string; readonly on: Day; readonly by: ExitReason }[],
  ) => Promise<void>;
  readonly get: (keys: readonly string[]) => Promise<ReadonlyMap<string, LedgerEntry>>;
  /** Entries `intended` or `unclear`, by key. */
  readonly open: (pageSize: number) => AsyncIterable<readonly LedgerEntry[]>;
  readonly ofAccount: (account: string) => Promise<readonly LedgerEntry[]>;
  /** Every entry of these accounts, by day, then key. */
  readonly ofAccounts: (accounts: readonly string[]) => Promise<readonly LedgerEntry[]>;
  /** Everything decided about a person in any account, by day, then key. */
  readonly ofPerson: (person: string) => Promise<readonly LedgerEntry[]>;
  /** Every entry of these episodes, by day, then key. */
  readonly ofEpisodes: (episodes: readonly string[]) => Promise<readonly LedgerEntry[]>;
  /**
   * What a playbook did or may have done (every status but `refused` and `deferred`) for any of these
   * persons or accounts; each entry once, by day, then key.
   */
  readonly sent: (
    playbook: string,
    subjects: { readonly persons: readonly string[]; readonly accounts: readonly string[] },
  ) => Promise<readonly LedgerEntry[]>;
  /** What any playbook did or may have done since a day for any of these persons, contacts or accounts; each once, by day, then key. */
  readonly sentSince: (
    since: Day,
    subjects: {
      readonly persons: readonly string[];
      readonly contacts: readonly string[];
      readonly accounts: readonly string[];
    },
  ) => Promise<readonly LedgerEntry[]>;
  /** How many keys were sent or may have been on a day, by `channel|sender`. */
  readonly bySender: (day: Day) => Promise<ReadonlyMap<string, number>>;
  /** What was sent or may have been since a day through any of these channels, by key: for read-back of what came of it. */
  readonly through: (
    channels: readonly ChannelId[],
    since: Day,
    pageSize: number,
  ) => AsyncIterable<readonly LedgerEntry[]>;
  /** Entries of these statuses that are not marked as told since they were last written, by key. */
  readonly untold: (
    statuses: readonly LedgerEntry['status'][],
    pageSize: number,
  ) => AsyncIterable<readonly LedgerEntry[]>;
  /** Marks entries as told in the CRM; one that is written again is untold again. */
  readonly markTold: (keys: readonly string[]) => Promise<void>;
  /** Nothing was told: where the records in the CRM are gone. */
  readonly forgetTold: () => Promise<void>;
  /** How many keys were refused or put off on a day, by playbook and code. */
  readonly refusalsOn: (day: Day) => Promise<readonly RefusalCount[]>;
}

export interface RefusalCount {
  readonly playbook: string;
  readonly code: string;
  readonly status: 'refused' | 'deferred';
  readonly count: number;
}
