import type { Playbook } from '../domain/engagement/playbook.js';
import type { HealthPolicy } from '../domain/health/model.js';
import type { TierRules } from '../domain/tier/tier.js';
import type { CrmMapping, MarketingMapping } from './mapping.js';

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
}

/** A fact that the admin mapped beyond the catalogue: `custom.<name>`. */
export interface CustomFact {
  readonly name: string;
  readonly label: string;
  readonly type: 'number' | 'text' | 'boolean' | 'day';
}

/** Everything that config/ and mappings/ say, resolved: nothing optional, every name checked. */
export interface Settings {
  readonly health: HealthPolicy;
  readonly tiers: TierRules;
  readonly playbooks: readonly Playbook[];
  readonly service: ServiceSettings;
  readonly crm: CrmMapping;
  /** Null when no marketing tool is mapped. */
  readonly marketing: MarketingMapping | null;
  readonly customFacts: readonly CustomFact[];
  /** What was left out and what that costs, one sentence each. */
  readonly notes: readonly string[];
}
