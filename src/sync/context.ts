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
import type { PieceToDo } from '../ports/piece-store.js';
import type { PieceSizes } from '../ports/pieces.js';
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
  /** What it does beyond the difference. */
  readonly parts: RunParts;
  /** Links everything that it leads to. */
  readonly trace: string;
  /** How its stages are cut into pieces. */
  readonly sizes: PieceSizes;
  readonly pieces: Pieces;
  /** Aborts when the run is lost to somebody else, or this process is to end. */
  readonly signal: AbortSignal;
  /**
   * Throws when this process is not to go on: the run, or the piece of it at hand, is somebody else's by now, or
   * somebody has paused or cancelled it. Asked between pages and before each call that changes something elsewhere.
   */
  readonly checkpoint: () => Promise<void>;
}

/** What a run is asked to do beyond the difference; `when due` = as its own rhythm says. */
export interface RunParts {
  /** Assess every account, not only those that changed. */
  readonly full: boolean | 'when due';
  /** Read what people did in the tools. */
  readonly engagement: boolean;
  /** Compare all record ids. */
  readonly reconcile: boolean | 'when due';
  /** The numbers of the program. */
  readonly metrics: boolean | 'when due';
}

/** All parts, each when it is due: what somebody means who asks for a run. */
export const WHOLE_RUN: RunParts = {
  full: 'when due',
  engagement: true,
  reconcile: 'when due',
  metrics: 'when due',
};

/** The stages of a run that are done in pieces, in their order. */
export const STAGES = [
  'pull',
  'reconcile',
  'listen',
  'scope',
  'assess',
  'settle',
  'brakes',
  'fields',
  'refusals',
  'lanes',
  'mirror',
  'carry',
  'check',
  'records',
  'metrics',
  'history',
  'close',
] as const;
export type StageName = (typeof STAGES)[number];

/** The pieces of a run. A piece is done once, whoever does it and however often the run is gone on with. */
export interface Pieces {
  /**
   * Gets every piece of a stage done, and gives what came of each (JSON) in the order of the plan. The plan is asked
   * for once in the life of a run. Throws what stopped one of them.
   */
  readonly all: <T>(stage: StageName, plan: () => Promise<readonly PieceToDo[]>) => Promise<readonly T[]>;
  /** The same for a stage of one piece. */
  readonly one: <T>(stage: StageName, task: unknown) => Promise<T>;
  /** Requests that other processes sent for pieces of this run. */
  readonly callsElsewhere: () => Promise<Calls>;
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

/** Requests sent since, without the kinds of which there was none. */
export function callsSince(now: Calls, before: Calls): Calls {
  const since = (all: Counts, earlier: Counts): Counts =>
    Object.fromEntries(
      Object.entries(all).flatMap(([kind, count]) => {
        const own = count - (earlier[kind] ?? 0);
        return own > 0 ? [[kind, own] as const] : [];
      }),
    );
  return bySystem((system) => since(now[system], before[system]));
}

export function callsTogether(all: readonly Calls[]): Calls {
  return bySystem((system) => {
    const sum: Record<string, number> = {};
    for (const calls of all)
      for (const [kind, count] of Object.entries(calls[system])) sum[kind] = (sum[kind] ?? 0) + count;
    return sum;
  });
}

type Counts = Readonly<Record<string, number>>;

export function bySystem(of: (system: keyof Calls) => Counts): Calls {
  return { salesforce: of('salesforce'), hubspot: of('hubspot'), outreach: of('outreach') };
}

/** How many accounts are held in memory at once. */
export const PAGE = 500;
