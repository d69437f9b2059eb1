import { formatDay } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import type { FactBasis } from '../domain/facts/basis.js';
import { FACTS } from '../domain/facts/catalogue.js';
import { deriveFacts } from '../domain/facts/derive.js';
import { type Advocacy, advocacyOf } from '../domain/insight/review/advocacy.js';
import { type ConsumptionGap, consumptionGaps } from '../domain/insight/review/consumption.js';
import { type Contradiction, contradictionOf } from '../domain/insight/review/contradiction.js';
import { type RankedTier, ranked } from '../domain/insight/review/ranked.js';
import { type SingleThread, singleThread } from '../domain/insight/review/thread.js';
import { pressureOf, type Urgency, urgencyOf } from '../domain/insight/review/urgency.js';
import { isCustomerOn } from '../domain/program/metrics/subject.js';
import type { AccountBundle } from '../ports/state-store.js';
import { type Looking, lookAtState } from '../sync/account-today.js';
import { PAGE, type Run } from '../sync/context.js';
import { everyKind } from '../sync/every-kind.js';
import { basisOf } from '../sync/rules.js';
import type { StoredResult } from '../sync/stored-result.js';

interface Named {
  readonly account: string;
  readonly name: string;
  readonly score: number | null;
  readonly band: string;
  readonly urgency: Urgency;
}

export type Watermelon = Named & Contradiction;
export type IdleAccount = Named & { readonly gaps: readonly ConsumptionGap[] };
export type ThinAccount = Named & { readonly thread: SingleThread };
export type Advocate = Omit<Named, 'urgency'> & Advocacy;

/** What `watermelons` tells, each list by tier. */
export interface WatermelonReview {
  readonly basedOn: { readonly run: string; readonly day: string };
  readonly asOf: string;
  /** Customers that were looked at, and of how many too little is known to say whether surface and depth agree. */
  readonly looked: { readonly accounts: number; readonly unknown: number };
  readonly watermelons: readonly RankedTier<Watermelon>[];
  readonly idle: readonly RankedTier<IdleAccount>[];
  readonly singleThreaded: readonly RankedTier<ThinAccount>[];
  readonly advocates: readonly RankedTier<Advocate>[];
  /** Ids of your playbooks that may do something about what is listed, by list. */
  readonly playbooks: Readonly<Record<keyof typeof FITTING, readonly string[]>>;
}

/** Playbooks as they are shipped; those that an org does not have are not named. */
const FITTING = {
  watermelons: ['case-recovery', 'quiet-account', 'nice-to-have', 'criteria-stale', 'sponsor-change'],
  idle: ['feature-gap', 'usage-drop', 'meeting-offer'],
  singleThreaded: ['contact-moved-on', 'sponsor-change', 'quiet-account'],
  advocates: ['promoter'],
} as const;

/** Reads the stored book once; nothing is written, and nobody is asked. At most `limit` accounts a tier and list are kept. */
export async function watermelonReview(
  tools: Looking,
  connected: ReadonlySet<ChannelId>,
  limit: number,
): Promise<WatermelonReview> {
  const { run, lastRun } = await lookAtState(tools, connected);
  const basis = await basisOf(run);
  const lists = openLists(limit);
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  const looked = { accounts: 0, unknown: 0 };
  for await (const page of pages)
    for (const bundle of page) {
      const found = lookedAt(run, bundle, basis);
      if (found === null) continue;
      looked.accounts += 1;
      if (found.unknown) looked.unknown += 1;
      lists.add(found);
    }
  const order = run.settings.tiers.tiers.map(({ id }) => id);
  return {
    basedOn: { run: lastRun.id, day: formatDay(lastRun.day) },
    asOf: formatDay(run.today),
    looked,
    ...lists.tiers(order),
    playbooks: fittingOf(run),
  };
}

function fittingOf({ settings }: Run): WatermelonReview['playbooks'] {
  const here = new Set(settings.playbooks.map(({ id }) => id));
  const { watermelons, idle, singleThreaded, advocates } = FITTING;
  const own = (ids: readonly string[]): readonly string[] => ids.filter((id) => here.has(id));
  return {
    watermelons: own(watermelons),
    idle: own(idle),
    singleThreaded: own(singleThreaded),
    advocates: own(advocates),
  };
}

interface LookedAt {
  readonly tier: string;
  readonly unknown: boolean;
  readonly watermelon: Watermelon | null;
  readonly idle: IdleAccount | null;
  readonly thin: ThinAccount | null;
  readonly advocate: Advocate | null;
}

function lookedAt(
  run: Run,
  { account, rows: kept, assessed }: AccountBundle,
  basis: FactBasis,
): LookedAt | null {
  if (assessed === null) return null;
  const { health, tier } = assessed.result as StoredResult;
  const rows = everyKind(kept, run);
  const facts = deriveFacts({ account, rows }, basis);
  if (isCustomerOn({ account, facts }, run.today, run.today) !== true) return null;
  const { shownScore: score, band } = health;
  const named = { account: account.id, name: String(account.values.name ?? ''), score, band };
  const urgent = (depth: number) => ({ ...named, urgency: urgencyOf(pressureOf(facts, depth)) });
  const question = { policy: run.settings.health, health, facts, today: run.today, definitions: FACTS };
  const contradiction = contradictionOf(question);
  const gaps = consumptionGaps(facts);
  const thread = singleThread({ account, rows }, run.today);
  const advocacy = advocacyOf(facts, { band, score });
  return {
    tier: tier.tier,
    unknown: health.watermelon === null,
    watermelon: contradiction && { ...urgent(contradiction.depth), ...contradiction },
    idle: gaps.length === 0 ? null : { ...urgent(gaps[0]?.unusedPercent ?? 0), gaps },
    thin: thread && { ...urgent(100 - (score ?? 100)), thread },
    advocate: advocacy && { ...named, ...advocacy },
  };
}

function openLists(limit: number) {
  const watermelons = ranked<Watermelon>(byComplaint, limit);
  const idle = ranked<IdleAccount>(byUrgency, limit);
  const singleThreaded = ranked<ThinAccount>(byUrgency, limit);
  const advocates = ranked<Advocate>(byWillingness, limit);
  return {
    add: ({ tier, watermelon, idle: unused, thin, advocate }: LookedAt): void => {
      if (watermelon !== null) watermelons.add(tier, watermelon);
      if (unused !== null) idle.add(tier, unused);
      if (thin !== null) singleThreaded.add(tier, thin);
      if (advocate !== null) advocates.add(tier, advocate);
    },
    tiers: (order: readonly string[]) => ({
      watermelons: watermelons.tiers(order),
      idle: idle.tiers(order),
      singleThreaded: singleThreaded.tiers(order),
      advocates: advocates.tiers(order),
    }),
  };
}

function byId(a: { readonly account: string }, b: { readonly account: string }): number {
  return a.account < b.account ? -1 : 1;
}

/** Most urgent first, then the deeper one; never by revenue. */
function byUrgency(a: Named, b: Named): number {
  return b.urgency.points - a.urgency.points || b.urgency.depth - a.urgency.depth || byId(a, b);
}

/** Who complains comes before those of whom only a review is old; then by urgency. */
function byComplaint(a: Watermelon, b: Watermelon): number {
  return Number(b.complaint) - Number(a.complaint) || byUrgency(a, b);
}

/** Who said yes first, then who was not asked, then who said no; among equals the healthier. */
function byWillingness(a: Advocate, b: Advocate): number {
  const place = ({ willing }: Advocate): number => (willing === true ? 0 : willing === null ? 1 : 2);
  return place(a) - place(b) || (b.score ?? 0) - (a.score ?? 0) || byId(a, b);
}
