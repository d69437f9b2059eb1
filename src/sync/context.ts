import type { Day, DayOf } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import type { RateTable } from '../domain/facts/money.js';
import type { OwnKind } from '../domain/facts/record.js';
import type { Clock } from '../ports/clock.js';
import type { Crm, OrgProfile } from '../ports/crm.js';
import type { CrmRecordKind } from '../ports/crm-records.js';
import type { Digest } from '../ports/digest.js';
import type { Log } from '../ports/log.js';
import type { Channel, MarketingTool } from '../ports/marketing.js';
import type { Progress } from '../ports/progress.js';
import type { UsageReadings } from '../ports/service-store.js';
import type { Settings } from '../ports/settings.js';
import type { StateStore } from '../ports/state-store.js';

/** What a run works with. Everything that touches the world comes in here. */
export interface Tools {
  readonly crm: Crm;
  /** Those that are connected; steps through another one wait, and the report says so. */
  readonly marketing: readonly MarketingTool[];
  /** Every way of acting that is connected, those of the marketing tools included. */
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  /** What people did in channels without a marketing tool: campaign responses in the CRM. */
  readonly responses: MarketingTool['engagement'];
  readonly state: StateStore;
  /** Usage that was sent in and waits to become rows. */
  readonly readings: UsageReadings;
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly progress: Progress;
  readonly settings: Settings;
}

/** One run: its tools, and what is fixed for its whole length. */
export interface Run extends Tools {
  readonly id: string;
  readonly org: OrgProfile;
  /** Local day of the run; a run that passes midnight stays on the day it began. */
  readonly today: Day;
  readonly dayOf: DayOf;
  /** Rates that were noted, where the org is not asked; absent = read them from the org. */
  readonly rates?: RateTable | null;
  /** Fields of ours that are not installed yet; none when the run applies. */
  readonly absent: ReadonlySet<string>;
  /** Kinds of records of ours that the org has a place for; none before they are installed. */
  readonly records: ReadonlySet<CrmRecordKind>;
  /** Kinds of ours whose object is not there yet, or not readable: nobody has any. */
  readonly unread: ReadonlySet<OwnKind>;
  /** False = plan only. */
  readonly apply: boolean;
  /** Requests that this process had sent before the run began, by system and kind. */
  readonly callsBefore: Calls;
  /** Stops the run when the lease is lost. */
  readonly signal: AbortSignal;
}

/** Requests sent, by system and kind. */
export interface Calls {
  readonly salesforce: Readonly<Record<string, number>>;
  readonly hubspot: Readonly<Record<string, number>>;
  readonly outreach: Readonly<Record<string, number>>;
}

export const NO_CALLS: Calls = { salesforce: {}, hubspot: {}, outreach: {} };

export function callsSoFar({ crm, marketing }: Pick<Tools, 'crm' | 'marketing'>): Calls {
  const of = (id: string): Readonly<Record<string, number>> =>
    marketing.find((tool) => tool.id === id)?.calls() ?? {};
  return { salesforce: crm.usage().calls, hubspot: of('hubspot'), outreach: of('outreach') };
}

/** Requests that the run sent, retries included. */
export function callsOfRun(run: Run): Calls {
  const now = callsSoFar(run);
  const since = (all: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([kind, count]) => {
        const own = count - (before[kind] ?? 0);
        return own > 0 ? [[kind, own] as const] : [];
      }),
    );
  return {
    salesforce: since(now.salesforce, run.callsBefore.salesforce),
    hubspot: since(now.hubspot, run.callsBefore.hubspot),
    outreach: since(now.outreach, run.callsBefore.outreach),
  };
}

/** How many accounts are held in memory at once. */
export const PAGE = 500;
