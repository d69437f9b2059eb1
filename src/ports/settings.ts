import type { MomentPlan } from '../domain/engagement/moment.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { EngagementPolicy } from '../domain/engagement/policy.js';
import type { HealthPolicy } from '../domain/health/model.js';
import type { ProgramPolicy } from '../domain/program/program-policy.js';
import type { TierRules } from '../domain/tier/tier.js';
import type { CrmMapping, MarketingMapping, OutreachMapping } from './mapping.js';
import type { AlertKind, ScheduledTask } from './service-names.js';

/** How the service behaves towards the systems it serves: config/service.yaml, resolved. */
export interface ServiceSettings {
  readonly api: {
    /** Share (0-1) of the org's daily requests that we may use in any 24 hours. */
    readonly share: number;
    /** Share (0-1) of the org's daily requests, by everybody, at which we stop. */
    readonly orgCeiling: number;
  };
  readonly pull: {
    /** Minutes by which a delta reads back behind its watermark, for rows that commit late. */
    readonly overlapMinutes: number;
    /** Days between full comparisons of record ids. */
    readonly reconcileEveryDays: number;
  };
  /** Records that are read once more after they were written: all, up to 500, or none. */
  readonly readBack: 'all' | 'sample' | 'none';
  readonly records: RecordSettings;
  /** Cron expressions of five fields in the org's time zone; null = never by itself. */
  readonly schedule: Readonly<Record<ScheduledTask, string | null>>;
  /** The change feed; objects (at most 5) as the CRM spells them, all of them mapped. */
  readonly feed: { readonly on: boolean; readonly objects: readonly string[] };
  readonly alerts: AlertSettings;
  readonly http: HttpSettings;
  readonly retention: RetentionSettings;
}

/** Who is told of what, and from which mark on. */
export interface AlertSettings {
  readonly mailTo: readonly string[];
  /** Null = the first of `mailTo`. */
  readonly mailFrom: string | null;
  /** Whether it is told when something is over. */
  readonly resolved: boolean;
  readonly kinds: Readonly<
    Record<AlertKind, { readonly send: 'now' | 'digest' | 'off'; readonly quietHours: number }>
  >;
  readonly deadLetters: number;
  /** Share (0-1) of our own share of requests. */
  readonly budgetUsed: number;
  readonly queueLagMinutes: number;
  readonly overdueHours: number;
  /** How much (0-1 of the accounts) more often a signal may be missing than in the weeks before. */
  readonly signalMissing: number;
  /** Accounts named in one message, for each tier. */
  readonly names: number;
}

export interface HttpSettings {
  readonly sessionHours: number;
  /** Of one token. */
  readonly requestsPerMinute: number;
  /** Of one token with the scope `usage`. */
  readonly usagePerMinute: number;
  /** Wrong passwords for a name from an address before it waits. */
  readonly loginAttempts: number;
}

/** Days for which our own state keeps each kind of thing. */
export interface RetentionSettings {
  readonly history: number;
  /** From the end of an episode. */
  readonly episodes: number;
  /** Particulars of decisions; their keys stay for ever. */
  readonly decisions: number;
  readonly engagement: number;
  readonly tasks: number;
  readonly usage: number;
  readonly deadLetters: number;
  readonly runs: number;
  readonly audit: number;
  readonly deliveries: number;
}

/** How long records of ours stay in the CRM, and how much of its storage (2 KB a record) they may take. */
export interface RecordSettings {
  /** Refusals as one record a day, playbook and code, or each on its own. */
  readonly refusals: 'count' | 'each';
  readonly snapshots: KeptRecords;
  readonly episodes: KeptRecords;
  readonly decisions: KeptRecords;
  readonly metrics: KeptRecords;
  readonly runs: KeptRecords;
  readonly errors: KeptRecords;
}

export interface KeptRecords {
  readonly keepDays: number;
  readonly budgetMb: number;
}

/** A fact that the admin mapped beyond the catalogue: `custom.<name>`. */
export interface CustomFact {
  readonly name: string;
  readonly label: string;
  readonly type: 'number' | 'text' | 'boolean' | 'day';
  /** True = what a score must predict and never read. */
  readonly outcome: boolean;
}

/** Everything that config/ and mappings/ say, resolved: nothing optional, every name checked. */
export interface Settings {
  readonly health: HealthPolicy;
  readonly tiers: TierRules;
  readonly playbooks: readonly Playbook[];
  /**
   * The playbook of an episode's own version, from the `source` that was kept with it. Null when that no
   * longer checks against today's facts, tiers and pools.
   */
  readonly revive: (id: string, source: unknown) => Playbook | null;
  readonly engagement: EngagementPolicy;
  readonly moments: MomentPlan;
  readonly program: ProgramPolicy;
  readonly service: ServiceSettings;
  readonly crm: CrmMapping;
  /** Null when HubSpot is not mapped. */
  readonly marketing: MarketingMapping | null;
  /** Null when Outreach is not mapped. */
  readonly outreach: OutreachMapping | null;
  readonly customFacts: readonly CustomFact[];
  /** What was left out and what that costs, one sentence each. */
  readonly notes: readonly string[];
}
