import type { MomentPlan } from '../domain/engagement/moment.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { EngagementPolicy } from '../domain/engagement/policy.js';
import type { FactDefinition } from '../domain/facts/fact.js';
import type { HealthPolicy } from '../domain/health/model.js';
import type { ProgramPolicy } from '../domain/program/program-policy.js';
import type { TierRules } from '../domain/tier/tier.js';
import type { CrmMapping, MarketingMapping, OutreachMapping } from '../ports/mapping.js';
import type { WrittenService } from './normalised/service.js';

/** How Truenorth runs. Shares are 0-1. */
export type ServiceSettings = DeepReadonly<Omit<WrittenService, 'feed'>> & {
  readonly feed: { readonly on: boolean; readonly objects: readonly string[] };
};

type DeepReadonly<T> = { readonly [K in keyof T]: T[K] extends object ? DeepReadonly<T[K]> : T[K] };

/** Facts of mapped custom fields, by id (`custom.contract`). */
export type CustomFacts = Readonly<Record<string, FactDefinition>>;

/** Something that is right and still worth knowing: a signal that was left out, a guard that never holds. */
export interface Note {
  /** `config/health.yaml`. */
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/** Everything that config/ and mappings/ say. Nothing optional, every name checked, every expression compiled. */
export interface Resolved {
  readonly health: HealthPolicy;
  readonly tiers: TierRules;
  /** By falling priority. */
  readonly playbooks: readonly Playbook[];
  /** The playbook of a running episode's own version, from its `source`; null when it no longer checks. */
  readonly revive: (id: string, source: unknown) => Playbook | null;
  readonly engagement: EngagementPolicy;
  readonly moments: MomentPlan;
  readonly program: ProgramPolicy;
  readonly service: ServiceSettings;
  readonly crm: CrmMapping;
  readonly marketing: MarketingMapping;
  /** Null when there is no mappings/outreach.yaml. */
  readonly outreach: OutreachMapping | null;
  readonly customFacts: CustomFacts;
  readonly notes: readonly Note[];
}
