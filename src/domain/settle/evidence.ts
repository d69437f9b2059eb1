import type { Day } from '../day.js';
import type { Touches } from '../engagement/channel.js';
import type { MarketingConsent } from '../engagement/consent.js';
import type { Playbook } from '../engagement/playbook.js';
import type { EngagementPolicy } from '../engagement/policy.js';
import type { Act } from './act.js';

/** Everything beside the wish that decides it. Plain values: the same evidence gives the same decision. */
export interface Evidence {
  readonly today: Day;
  readonly policy: EngagementPolicy;
  readonly playbook: Pick<Playbook, 'trigger' | 'audience' | 'ignore' | 'rest'>;
  /** Priority of other playbooks by id. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Group within which playbooks rest together, by playbook id. */
  readonly groups: ReadonlyMap<string, string>;
  /** Keys that the person has or had: other addresses of the same contacts, contacts merged into them. */
  readonly persons: ReadonlySet<string>;
  /** All that was decided in this episode, this run included. */
  readonly inEpisode: readonly Act[];
  /** What was sent to this person (under any address or contact) by any playbook. */
  readonly toPerson: readonly Act[];
  /** What was sent to anybody of this account (or of one merged into it). */
  readonly toAccount: readonly Act[];
  readonly consent: readonly MarketingConsent[];
  /** Any other contact row of the person, in any account, and what was merged into them; and who asked to be forgotten. */
  readonly elsewhere: { readonly optedOut: boolean; readonly bounced: boolean; readonly forgotten: boolean };
  /** Day on which a tool last sent them a marketing mail that none of our acts explains; null = none. */
  readonly otherMailOn: Day | null;
  /** False where a legal basis is required for the country and none is on record. */
  readonly basis: boolean;
  readonly touches: Touches;
  /** In words, why sending is stopped for this playbook or channel; null = it is not. */
  readonly paused: string | null;
  /** Test mode leaves this address out. */
  readonly listed: boolean;
  /** The contact's own clock. */
  readonly clock: { readonly day: Day; readonly minute: number };
  readonly sender: {
    /** Null = nobody can be named. */
    readonly address: string | null;
    /** Messages in this name today, this run included. */
    readonly used: number;
    /** What the vendor still takes from it today; null = no such limit. */
    readonly room: number | null;
  };
}
