import type { ProgramPolicy } from '../../program/program-policy.js';
import { capacityLines } from '../../tier/capacity.js';
import { paretoLines, type TierLine } from '../../tier/lines.js';
import { placesOf } from '../../tier/places.js';
import type { Tier, TierId } from '../../tier/tier.js';
import type { BookEntry, TierCut } from './cuts.js';
import { isSkewed, naturalBreaks } from './natural-breaks.js';

/** Cumulative shares of the measure at which tiers end, where the configuration names none. */
export const PARETO_SHARES = [0.45, 0.75, 0.9, 0.95, 0.98];

export interface DrawQuestion {
  readonly entries: readonly BookEntry[];
  /** From the most personal contact to the most scaled. */
  readonly tiers: readonly Tier[];
  readonly measureLabel: string;
  readonly policy: Pick<ProgramPolicy, 'staffing' | 'revenuePerPerson'>;
  /** The lines that hold now. */
  readonly today: readonly TierLine[];
}

/** Every way to draw the lines that this book and its people allow, and why a way is left out. */
export function drawCuts(question: DrawQuestion): {
  readonly cuts: readonly TierCut[];
  readonly leftOut: readonly string[];
} {
  const { entries, tiers, today } = question;
  const measures = ranked(entries);
  const capacity = capacityCut(question);
  const breaks = [...new Set(naturalBreaks(measures, tiers.length).map(roundLine))];
  const scale = isSkewed(measures) ? ', on logarithms' : '';
  return {
    cuts: [
      { id: 'today', label: 'As it is today', lines: today },
      { id: 'pareto', label: paretoLabel(tiers), lines: paretoOf(tiers, measures) },
      ...(breaks.length === tiers.length - 1
        ? [{ id: 'natural-breaks' as const, label: `Natural breaks${scale}`, lines: linesAt(tiers, breaks) }]
        : []),
      ...(capacity === null ? [] : [capacity]),
    ],
    leftOut: [
      ...(breaks.length === tiers.length - 1
        ? []
        : ['Natural breaks: there are fewer different values than tiers.']),
      ...(capacity === null
        ? ['Capacity: config/program.yaml does not say how many people look after each tier (people).']
        : []),
    ],
  };
}

/** Three figures at most, downwards, so that nobody drops out of a tier by rounding. */
export function roundLine(from: number): number {
  if (!Number.isFinite(from) || from <= 0) return from;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(from)) - 2);
  return Math.floor(from / step) * step;
}

/** Known measures, highest first. */
function ranked(entries: readonly BookEntry[]): Float64Array {
  return Float64Array.from(entries.flatMap(({ measure }) => measure ?? []))
    .sort()
    .reverse();
}

function linesAt(tiers: readonly Tier[], breaks: readonly number[]): readonly TierLine[] {
  return tiers.map(({ id }, at) => ({ tier: id, from: breaks[at] ?? null }));
}

function paretoLabel(tiers: readonly Tier[]): string {
  const shares = PARETO_SHARES.slice(0, tiers.length - 1).map((share) => `${Math.round(share * 100)} %`);
  return `Pareto, cut at ${shares.join(' and ')} of the measure`;
}

function paretoOf(tiers: readonly Tier[], measures: Float64Array): readonly TierLine[] {
  const cuts = tiers.map(({ id }, at) => ({
    tier: id,
    upToShare: at === tiers.length - 1 ? null : (PARETO_SHARES[at] ?? null),
  }));
  return paretoLines({ kind: 'pareto', cuts }, measures, '').lines;
}

function capacityCut({ entries, tiers, policy, measureLabel }: DrawQuestion): TierCut | null {
  const fill = tiers.map(({ id }, at) => {
    const staffing = policy.staffing[id];
    const last = at === tiers.length - 1;
    return { tier: id, places: last || staffing === undefined ? null : placesOf(staffing) };
  });
  if (fill.slice(0, -1).some(({ places }) => places === null)) return null;
  const { warnBelow, warnAbove } = policy.revenuePerPerson;
  const { lines } = capacityLines(
    { kind: 'capacity', fill, perPerson: { warnBelow, warnAbove } },
    { measures: ranked(entries.filter(({ fixed }) => fixed === null)), fixed: fixedIn(entries) },
    { quarter: '', words: { tiers, measureLabel } },
  );
  return { id: 'capacity', label: 'As many as the people can look after', lines };
}

function fixedIn(
  entries: readonly BookEntry[],
): ReadonlyMap<TierId, { readonly accounts: number; readonly measure: number }> {
  const held = new Map<TierId, { readonly accounts: number; readonly measure: number }>();
  for (const { fixed, measure } of entries) {
    if (fixed === null) continue;
    const { accounts, measure: sum } = held.get(fixed) ?? { accounts: 0, measure: 0 };
    held.set(fixed, { accounts: accounts + 1, measure: sum + Math.max(0, measure ?? 0) });
  }
  return held;
}
