import { type Estimate, lowestArea, Z95 } from './intervals.js';

/** What came of one case. Cases of one cluster (an account) are not independent of each other. */
export interface Case {
  readonly event: boolean;
  readonly cluster: string;
  /** Scores are compared within a fold only: each may come from a model of its own. 0 for all where there is one model. */
  readonly fold: number;
}

/**
 * Area under the ROC curve (0-1): how often a case with the event has a higher score than one without, ties
 * counted half. Over several folds their mean by size, as LeDell, Petersen and van der Laan 2015 (Electronic
 * Journal of Statistics 9). The interval is DeLong's (1988), by clusters as Obuchowski (1997, Biometrics 53); near 0
 * and 1, where that narrows to nothing, at least as wide as Newcombe's (2006). Null where no fold holds both kinds.
 */
export function aucOf(scores: readonly number[], cases: readonly Case[]): Estimate | null {
  const folds = foldsOf(cases).flatMap((fold) => placementsOf(scores, cases, fold) ?? []);
  const area = estimateOf(folds, 0, 1);
  return area && atTheEnds(area, folds);
}

/** From here on to 1, and as far from 0, DeLong's interval can't be trusted. */
const NEAR_ONE = 0.95;

function atTheEnds({ value, low, high }: Estimate, folds: readonly Placements[]): Estimate {
  const clusters = (of: 'events' | 'others') =>
    new Set(folds.flatMap((fold) => fold[of].map(({ cluster }) => cluster))).size;
  if (Math.max(value, 1 - value) < NEAR_ONE) return { value, low, high };
  const least = lowestArea(Math.max(value, 1 - value), clusters('events'), clusters('others'));
  return value > 0.5
    ? { value, low: Math.min(low, least), high }
    : { value, low, high: Math.max(high, 1 - least) };
}

/** How much larger the area of `after` is than that of `before` on the same cases, -1 to 1; null as `aucOf`. */
export function aucGain(
  before: readonly number[],
  after: readonly number[],
  cases: readonly Case[],
): Estimate | null {
  const folds = foldsOf(cases).flatMap((fold) => {
    const [a, b] = [placementsOf(before, cases, fold), placementsOf(after, cases, fold)];
    return a === null || b === null ? [] : [difference(a, b)];
  });
  const gain = estimateOf(folds, -1, 1);
  const [a, b] = [aucOf(before, cases), aucOf(after, cases)];
  if (gain === null || a === null || b === null) return gain;
  return gain.high - gain.low > CLOSE || Math.abs(gain.value) < CLOSE ? gain : byBoth(gain.value, a, b);
}

const CLOSE = 1e-9;

/** A perfect area less a constant one never varies: their own intervals are put together (Zou and Donner 2008, Statistics in Medicine 27). */
function byBoth(value: number, before: Estimate, after: Estimate): Estimate {
  return {
    value,
    low: Math.max(-1, value - Math.hypot(after.value - after.low, before.high - before.value)),
    high: Math.min(1, value + Math.hypot(after.high - after.value, before.value - before.low)),
  };
}

/** For each case with the event the share of the others that it beats, and the other way round. */
interface Placements {
  readonly size: number;
  readonly events: readonly Placed[];
  readonly others: readonly Placed[];
}

interface Placed {
  readonly share: number;
  readonly cluster: string;
}

function foldsOf(cases: readonly Case[]): readonly (readonly number[])[] {
  const folds = Map.groupBy(cases.keys(), (index) => cases[index]?.fold ?? 0);
  return [...folds].sort(([a], [b]) => a - b).map(([, indices]) => indices);
}

function placementsOf(
  scores: readonly number[],
  cases: readonly Case[],
  fold: readonly number[],
): Placements | null {
  const read = fold.flatMap((index) => {
    const [one, score] = [cases[index], scores[index]];
    return one === undefined || score === undefined ? [] : [{ ...one, score }];
  });
  const ranked = read.toSorted((a, b) => a.score - b.score);
  const count = { event: ranked.filter(({ event }) => event).length, size: ranked.length };
  const others = count.size - count.event;
  if (count.event === 0 || others === 0) return null;
  const placed: { readonly event: boolean; readonly placed: Placed }[] = [];
  let [eventsBelow, othersBelow] = [0, 0];
  for (let from = 0; from < ranked.length; ) {
    const tied = tiedFrom(ranked, from);
    const tiedEvents = tied.filter(({ event }) => event).length;
    const tiedOthers = tied.length - tiedEvents;
    for (const { event, cluster } of tied) {
      const share = event
        ? (othersBelow + tiedOthers / 2) / others
        : (count.event - eventsBelow - tiedEvents / 2) / count.event;
      placed.push({ event, placed: { share, cluster } });
    }
    [eventsBelow, othersBelow] = [eventsBelow + tiedEvents, othersBelow + tiedOthers];
    from += tied.length;
  }
  const of = (wanted: boolean) => placed.filter(({ event }) => event === wanted).map((one) => one.placed);
  return { size: count.size, events: of(true), others: of(false) };
}

function tiedFrom<T extends { readonly score: number }>(ranked: readonly T[], from: number): readonly T[] {
  let end = from + 1;
  while (end < ranked.length && ranked[end]?.score === ranked[from]?.score) end += 1;
  return ranked.slice(from, end);
}

/** Placements are sorted by score; both sides are brought into one order by cluster and place before they are subtracted. */
function difference(a: Placements, b: Placements): Placements {
  return { size: a.size, events: subtracted(a.events, b.events), others: subtracted(a.others, b.others) };
}

/** Only the sum of a cluster counts, so the order within a cluster makes no difference. */
function subtracted(a: readonly Placed[], b: readonly Placed[]): readonly Placed[] {
  const byCluster = (list: readonly Placed[]) =>
    list.toSorted((x, y) => (x.cluster < y.cluster ? -1 : x.cluster > y.cluster ? 1 : 0));
  const [first, second] = [byCluster(a), byCluster(b)];
  return first.map(({ share, cluster }, at) => ({ cluster, share: (second[at]?.share ?? 0) - share }));
}

function estimateOf(folds: readonly Placements[], least: number, most: number): Estimate | null {
  if (folds.length === 0) return null;
  const whole = folds.reduce((sum, { size }) => sum + size, 0);
  const mean = folds.reduce((sum, { size, events }) => sum + (size / whole) * meanOf(events), 0);
  // Rounded, so that folds which tell nothing come to 0.5 sharp and not to a hair above chance.
  const value = Number(mean.toFixed(12));
  const half = Z95 * Math.sqrt(varianceOf(folds, { whole, area: value }));
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half) };
}

function meanOf(placed: readonly Placed[]): number {
  return placed.reduce((sum, { share }) => sum + share, 0) / placed.length;
}

/**
 * Obuchowski's variance: with one fold and one case in each cluster it is DeLong's. Distances are taken from the area
 * over all folds: in a fold that holds a single event there is none from its own.
 */
function varianceOf(folds: readonly Placements[], whole: Whole): number {
  const [byEvents, byOthers] = [new Map<string, number>(), new Map<string, number>()];
  for (const { size, events, others } of folds) {
    const weight = size / whole.whole;
    addResiduals(byEvents, events, { area: whole.area, weight: weight / events.length });
    addResiduals(byOthers, others, { area: whole.area, weight: weight / others.length });
  }
  const clusters = new Set([...byEvents.keys(), ...byOthers.keys()]);
  const own = (side: ReadonlyMap<string, number>) => corrected(side.size) * squares(side);
  const shared = [...clusters].reduce(
    (sum, cluster) => sum + (byEvents.get(cluster) ?? 0) * (byOthers.get(cluster) ?? 0),
    0,
  );
  return Math.max(0, own(byEvents) + own(byOthers) + 2 * corrected(clusters.size) * shared);
}

interface Whole {
  /** Cases in all folds. */
  readonly whole: number;
  readonly area: number;
}

function corrected(clusters: number): number {
  return clusters < 2 ? 0 : clusters / (clusters - 1);
}

function addResiduals(
  sums: Map<string, number>,
  placed: readonly Placed[],
  { area, weight }: { readonly area: number; readonly weight: number },
): void {
  for (const { share, cluster } of placed)
    sums.set(cluster, (sums.get(cluster) ?? 0) + weight * (share - area));
}

function squares(sums: ReadonlyMap<string, number>): number {
  return [...sums.values()].reduce((sum, one) => sum + one ** 2, 0);
}
