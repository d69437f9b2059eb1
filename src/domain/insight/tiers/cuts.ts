import type { ProgramPolicy } from '../../program/program-policy.js';
import type { TierLine } from '../../tier/lines.js';
import type { Tier, TierId } from '../../tier/tier.js';
import { knownSum, unknownIn } from './known-sum.js';
import { type StaffNeed, staffNeed } from './staffing.js';

/** One customer as lines are drawn through the book. */
export interface BookEntry {
  /** What lines are drawn on; null = unknown. */
  readonly measure: number | null;
  /** Revenue of a year in the org's currency, 0 and more; null = unknown. */
  readonly revenue: number | null;
  /** The tier that it has today. */
  readonly tier: TierId;
  /** The tier in which a lock or an override holds it whatever the lines are; null = none does. */
  readonly fixed: TierId | null;
}

/** A way to draw the lines. */
export interface TierCut {
  readonly id: 'today' | 'pareto' | 'natural-breaks' | 'capacity';
  readonly label: string;
  /** Highest first; the last has none. */
  readonly lines: readonly TierLine[];
}

/** What a tier would be under a cut. */
export interface CutTier {
  readonly tier: TierId;
  readonly label: string;
  readonly accounts: number;
  /** Of the accounts of which it is known; null = of none. */
  readonly revenue: number | null;
  /** Accounts whose revenue is not known. */
  readonly revenueUnknown: number;
  /** Shares of the accounts and of the known revenue that it covers, 0-1. */
  readonly accountShare: number;
  readonly revenueShare: number | null;
  readonly staff: StaffNeed;
}

export interface CutResult extends TierCut {
  readonly tiers: readonly CutTier[];
  /** Customers whose measure is unknown, so that no line can be told for them. */
  readonly unassigned: number;
  /** Customers who would be in another tier than today. */
  readonly moving: number;
  /** Of all tiers together, in the org's currency a year; null = a tier with accounts has no costs in config/program.yaml. */
  readonly costPerYear: number | null;
}

/** The tier of an entry under some lines; null = its measure is unknown. */
export function tierUnder(lines: readonly TierLine[], { fixed, measure }: BookEntry): TierId | null {
  if (fixed !== null) return fixed;
  if (measure === null) return null;
  return lines.find(({ from }) => from === null || measure >= from)?.tier ?? null;
}

/** What is asked of every cut. */
export interface CutQuestion {
  readonly entries: readonly BookEntry[];
  readonly tiers: readonly Tier[];
  readonly policy: Pick<ProgramPolicy, 'staffing' | 'revenuePerPerson'>;
}

/** Accounts, revenue, people, hours and cost of each tier under a cut. `today` = as accounts are tiered now. */
export function cutResult(cut: TierCut, { entries, tiers, policy }: CutQuestion): CutResult {
  const held = new Map<TierId, (number | null)[]>();
  let [unassigned, moving] = [0, 0];
  for (const entry of entries) {
    const tier = cut.id === 'today' ? entry.tier : tierUnder(cut.lines, entry);
    if (tier !== null && tier !== entry.tier) moving += 1;
    if (tier === null || !tiers.some(({ id }) => id === tier)) {
      unassigned += 1;
      continue;
    }
    const own = held.get(tier) ?? [];
    held.set(tier, own);
    own.push(entry.revenue);
  }
  const whole = { accounts: entries.length, revenue: knownSum(entries.map(({ revenue }) => revenue)) };
  const told = tiers.map((tier) => tierOf(tier, { revenues: held.get(tier.id) ?? [], whole, policy }));
  return { ...cut, tiers: told, unassigned, moving, costPerYear: costOf(told) };
}

interface TierHolding extends Pick<CutQuestion, 'policy'> {
  /** Of each account that it holds. */
  readonly revenues: readonly (number | null)[];
  readonly whole: { readonly accounts: number; readonly revenue: number | null };
}

function tierOf({ id, label }: Tier, { revenues, whole, policy }: TierHolding): CutTier {
  const [accounts, revenue] = [revenues.length, knownSum(revenues)];
  const share = (part: number, of: number): number => (of > 0 ? part / of : 0);
  return {
    tier: id,
    label,
    accounts,
    revenue,
    revenueUnknown: unknownIn(revenues),
    accountShare: share(accounts, whole.accounts),
    revenueShare: revenue === null ? null : share(revenue, whole.revenue ?? 0),
    staff: staffNeed({ label, accounts, revenue }, policy.staffing[id], policy.revenuePerPerson),
  };
}

function costOf(tiers: readonly CutTier[]): number | null {
  const costs = tiers.filter(({ accounts }) => accounts > 0).map(({ staff }) => staff.costPerYear);
  const known = costs.filter((cost) => cost !== null);
  return known.length < costs.length || known.length === 0
    ? null
    : known.reduce((sum, cost) => sum + cost, 0);
}
