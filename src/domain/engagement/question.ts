import type { Day } from '../day.js';
import type { FactBasis } from '../facts/basis.js';
import type { Facts } from '../facts/fact.js';
import type { CrmRow } from '../facts/record.js';
import type { Episode } from './episode.js';
import type { HexHash } from './holdout.js';
import type { MomentReading } from './moments.js';
import type { Person } from './person.js';
import type { Playbook } from './playbook.js';
import type { EngagementPolicy } from './policy.js';
import type { Subject } from './subjects.js';
import type { TriggerState } from './trigger.js';
import type { Wish } from './wish.js';

/** What an account remembers of a playbook, for one subject. */
export interface SubjectMemory {
  readonly trigger: TriggerState | null;
  /** The latest episode, running or not. */
  readonly episode: Episode | null;
}

/** By playbook id, then by subject. */
export type PlaybookMemory = Readonly<Record<string, SubjectMemory>>;

export interface EngagementQuestion {
  readonly facts: Facts;
  readonly persons: readonly Person[];
  readonly moments: readonly MomentReading[];
  readonly rows: Readonly<Partial<Record<string, readonly CrmRow[]>>>;
  readonly base: Readonly<Record<string, PlaybookMemory>>;
  /** What an earlier assessment of today made of it; null before any. What was acted on by it stands. */
  readonly earlierToday: Readonly<Record<string, PlaybookMemory>> | null;
  /** Running episodes of accounts merged into this one that gave way to another of the same playbook. */
  readonly dropped: readonly Episode[];
  readonly account: string;
  readonly tier: string;
  readonly phase: string | null;
  readonly band: string;
  readonly coverage: number;
  /**
   * True where our work is on the record but nobody here remembers it: whatever holds already was
   * acted on by another state, or will wait for its next edge.
   */
  readonly armOnly: boolean;
  /** True when the account has never been assessed before today. */
  readonly unseen: boolean;
}

export interface EngagementRules {
  readonly playbooks: readonly Playbook[];
  readonly policy: EngagementPolicy;
  /** Ids of all playbooks that config has, connected or not: what is missing here was taken out. */
  readonly configured: ReadonlySet<string>;
  /** An earlier version of a playbook, for episodes that began on it; null = no longer to be had. */
  readonly earlier: (playbook: string, version: string) => Playbook | null;
  /** Version of whatever a playbook's trigger reads beside the CRM's facts: models, tiers, moments. */
  readonly baseline: (playbook: Playbook) => string;
  readonly basis: FactBasis;
  readonly contentHash: HexHash;
  readonly salt: string;
  /** Playbooks that this state read on an earlier day: what is new to those is new to the world, not to us. */
  readonly known: ReadonlySet<string>;
  /** Ids of episodes and accounts that somebody stopped by hand. */
  readonly stopped: ReadonlySet<string>;
}

export interface EngagementAnswer {
  readonly wishes: readonly Wish[];
  readonly memory: Readonly<Record<string, PlaybookMemory>>;
  /** Episodes that are new or still of interest, as they stand today. */
  readonly episodes: readonly (Episode & { readonly goalUntil: Day | null })[];
  /** Next day on which time alone can change something. */
  readonly dueOn: Day | null;
}

export type PlaybookRead = Pick<EngagementAnswer, 'wishes' | 'episodes'> & {
  readonly memory: PlaybookMemory;
};

export interface About {
  readonly playbook: Playbook;
  readonly subject: Subject;
  readonly question: EngagementQuestion;
  readonly rules: EngagementRules;
}
