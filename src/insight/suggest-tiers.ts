import type { FactBasis } from '../domain/facts/basis.js';
import { deriveFacts } from '../domain/facts/derive.js';
import { tiersChange } from '../domain/insight/tiers/change.js';
import { type BookEntry, type CutResult, cutResult } from '../domain/insight/tiers/cuts.js';
import { drawCuts } from '../domain/insight/tiers/draw-cuts.js';
import { knownSum, unknownIn } from '../domain/insight/tiers/known-sum.js';
import { type MarketMove, marketMoves } from '../domain/insight/tiers/markets.js';
import { type CurvePoint, paretoCurve } from '../domain/insight/tiers/pareto-curve.js';
import { type Segment, segmentBook } from '../domain/insight/tiers/segments.js';
import { type StaffShortage, shortages } from '../domain/insight/tiers/ways-out.js';
import { isCustomerOn, type MetricBasis } from '../domain/program/metrics/subject.js';
import { linesOf } from '../domain/tier/lines.js';
import type { TierId } from '../domain/tier/tier.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { everyKind } from '../sync/every-kind.js';
import { metricSubject } from '../sync/metric-subject.js';
import { frozenLines } from '../sync/tier-lines.js';
import { metricBasis } from './metric-basis.js';
import { readMoves } from './move-history.js';
import { fixedOf, openTierBook, textFacts } from './tier-book.js';
import { type MovesSheet, measureMoves, openRenewals } from './tier-moves.js';

/** A cut with the change of config/tiers.yaml that makes it so. */
export interface SuggestedCut extends CutResult {
  readonly change: readonly string[];
}

export interface NamedMarketMove extends MarketMove {
  /** Some of the accounts that would change tier, largest first. */
  readonly names: readonly string[];
}

/** Everything by which lines between tiers can be judged. */
export interface TierSuggestion {
  readonly customers: number;
  /** Of the customers of whom it is known; null = of none. */
  readonly revenue: number | null;
  /** Customers whose revenue is not known: the curve leaves them out. */
  readonly revenueUnknown: number;
  readonly curve: readonly CurvePoint[];
  readonly cuts: readonly SuggestedCut[];
  /** Ways to draw the lines that this book does not allow, and why. */
  readonly leftOut: readonly string[];
  readonly shortages: readonly StaffShortage[];
  readonly markets: readonly NamedMarketMove[];
  /** Why no line is moved as a trial; empty = lines are. */
  readonly marketsLeftOut: string;
  readonly segments: readonly Segment[];
  readonly moves: MovesSheet;
}

/** Reads the book once; what is kept of each customer is a few numbers. */
export async function suggestTiers(run: Run): Promise<TierSuggestion> {
  const { basis, scope } = await metricBasis(run);
  const { tiers: rules } = run.settings;
  const lines = linesOf(rules, await frozenLines(run, basis.facts));
  const log = await readMoves(run, lines);
  const renewals = openRenewals(run, log);
  const book = openTierBook(run, basis);
  const segments = segmentBook(textFacts(run));
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const bundle of page) {
      const read = book.read(bundle, await metricSubject(run, bundle, scope));
      segments.add(read.segment);
      renewals.add(bundle, { tier: read.entry.tier, since: read.since });
    }
  }
  const entries = book.entries();
  const revenues = entries.map(({ revenue }) => revenue);
  const cuts = cutsOf(run, entries, lines);
  const perAccount = costPerAccount(cuts.results[0]);
  const { lostOn, others } = renewals.told();
  const asked = {
    log,
    lostOn,
    lines,
    costPerAccount: (tier: TierId) => perAccount.get(tier) ?? null,
  };
  return {
    customers: entries.length,
    revenue: knownSum(revenues),
    revenueUnknown: unknownIn(revenues),
    curve: paretoCurve(revenues.filter((revenue) => revenue !== null)),
    cuts: cuts.results,
    leftOut: cuts.leftOut,
    shortages: cuts.short,
    markets: await named(run, cuts.markets, basis),
    marketsLeftOut: cuts.markets.length === 0 ? 'No natural break lies next to a line.' : '',
    segments: segments.told({ staffing: run.settings.program.staffing, perAccount }),
    moves: { kinds: await measureMoves(run, asked), others },
  };
}

function cutsOf({ settings }: Run, entries: readonly BookEntry[], today: ReturnType<typeof linesOf>) {
  const { tiers, policy, measureLabel } = settings.tiers;
  const question = { entries, tiers, policy: settings.program };
  const { cuts, leftOut } = drawCuts({ ...question, measureLabel, today });
  const results = cuts.map((cut) => ({ ...cutResult(cut, question), change: tiersChange(cut, policy) }));
  const { staffing } = settings.program;
  const [now] = results;
  return {
    results,
    leftOut,
    short: now === undefined ? [] : shortages({ entries, cut: now, tiers, staffing }),
    markets: marketMoves(today, question),
  };
}

function costPerAccount(now: CutResult | undefined): ReadonlyMap<TierId, number> {
  const known = now?.tiers ?? [];
  return new Map(
    known.flatMap(({ tier, staff: { costPerAccount: cost } }) =>
      cost === null ? [] : [[tier, cost] as const],
    ),
  );
}

const MOST_NAMES = 5;

/** Looks the names up of the largest accounts between the old line and the new one. */
async function named(
  run: Run,
  markets: readonly MarketMove[],
  { facts: basis }: MetricBasis,
): Promise<readonly NamedMarketMove[]> {
  const found = markets.map(() => [] as string[]);
  for await (const page of run.state.assessments.measures(PAGE))
    for (const { account, measure } of page)
      for (const [at, { low, high }] of markets.entries())
        if (measure >= low && measure < high && (found[at]?.length ?? 0) < 4 * MOST_NAMES)
          found[at]?.push(account);
  return Promise.all(
    markets.map(async (market, at) => {
      const bundles = await run.state.assessments.bundlesOf(found[at] ?? []);
      const here = bundles.filter((bundle) => mayMove(run, bundle, basis));
      return {
        ...market,
        names: here.slice(0, MOST_NAMES).map(({ account }) => String(account.values.name ?? account.id)),
      };
    }),
  );
}

/** Customers of today, but for those whom a lock or an override holds where they are. */
function mayMove(run: Run, bundle: AccountBundle, basis: FactBasis): boolean {
  const { account, rows: kept } = bundle;
  const facts = deriveFacts({ account, rows: everyKind(kept, run) }, basis);
  const customer = isCustomerOn({ account, facts }, run.today, run.today) === true;
  return customer && fixedOf(run, bundle, facts) === null;
}
