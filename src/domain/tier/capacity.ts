import type { TierLine } from './lines.js';
import type { Tier, TierId, TierLines, TierPolicy } from './tier.js';

type CapacityPolicy = Extract<TierPolicy, { kind: 'capacity' }>;

/** A book as its tiers are filled from it. */
export interface RankedBook {
  /** Measures of the accounts that nothing holds, highest first. */
  readonly measures: ArrayLike<number>;
  /** What locks and overrides have put into each tier already: how many accounts, and their measures' sum. */
  readonly fixed: ReadonlyMap<TierId, { readonly accounts: number; readonly measure: number }>;
}

/** The tiers as people read them, and the measure that they are ranked by. */
export interface CapacityWords {
  readonly tiers: readonly Tier[];
  readonly measureLabel: string;
}

/**
 * Lines at which the places of each tier are used up, the most personal first. Accounts held by a lock or an
 * override take places before anybody else. Equal measures stay together: those that do not all fit go on
 * together, since nobody is given more than they can look after. Where places are left, there is no lower line.
 */
export function capacityLines(
  policy: CapacityPolicy,
  book: RankedBook,
  { quarter, words }: { readonly quarter: string; readonly words: CapacityWords },
): TierLines {
  const lines: TierLine[] = [];
  const remarks: string[] = [];
  let next = 0;
  for (const { tier, places } of policy.fill) {
    if (places === null) {
      lines.push({ tier, from: null });
      continue;
    }
    const held = book.fixed.get(tier) ?? { accounts: 0, measure: 0 };
    const filled = fill(book.measures, next, places.count - held.accounts);
    lines.push({ tier, from: filled.line });
    next = filled.next;
    const label = words.tiers.find(({ id }) => id === tier)?.label ?? tier;
    const seen = { ...filled, held, places, label };
    remarks.push(...placeRemarks(seen), ...measureRemarks(seen, policy.perPerson, words.measureLabel));
  }
  return { quarter, lines, remarks };
}

interface Filled {
  readonly line: number | null;
  /** The first account of the book that is left for the tiers after it. */
  readonly next: number;
  readonly sum: number;
  /** Accounts of the same measure that did not all fit; 0 where none were parted from the tier by that. */
  readonly together: number;
}

function fill(measures: ArrayLike<number>, start: number, places: number): Filled {
  let [at, sum] = [start, 0];
  let line: number | null = null;
  while (at < measures.length) {
    const measure = measures[at] ?? 0;
    const group = groupAt(measures, at);
    if (at + group - start > places)
      return { line: line ?? Number.POSITIVE_INFINITY, next: at, sum, together: group };
    line = measure;
    sum += Math.max(0, measure) * group;
    at += group;
  }
  const room = at - start < places;
  return { line: room ? null : (line ?? Number.POSITIVE_INFINITY), next: at, sum, together: 0 };
}

/** How many accounts have the same measure as this one, itself included. */
function groupAt(measures: ArrayLike<number>, at: number): number {
  let end = at + 1;
  while (end < measures.length && measures[end] === measures[at]) end += 1;
  return end - at;
}

interface Seen extends Filled {
  readonly held: { readonly accounts: number; readonly measure: number };
  readonly places: { readonly count: number; readonly people: number };
  readonly label: string;
}

function placeRemarks({ held, places, label, line, together }: Seen): readonly string[] {
  if (held.accounts > places.count)
    return [
      `Locks and overrides hold ${held.accounts} accounts in ${label}, whose people have places for ${places.count}.`,
    ];
  if (line !== Number.POSITIVE_INFINITY || together <= 1 || held.accounts === places.count) return [];
  return [
    `${label} stays empty but for locks and overrides: ${together} accounts have the same measure, and there are places for ${places.count - held.accounts}.`,
  ];
}

function measureRemarks(
  { held, places, label, sum }: Seen,
  { warnBelow, warnAbove }: CapacityPolicy['perPerson'],
  measureLabel: string,
): readonly string[] {
  const total = sum + held.measure;
  if (places.people <= 0 || total <= 0) return [];
  const each = total / places.people;
  if (each >= warnBelow && each <= warnAbove) return [];
  return [
    `One person in ${label} answers for ${inWords(each)} of ${measureLabel}; between ${inWords(warnBelow)} and ${inWords(warnAbove)} works well. Look at the people in config/program.yaml.`,
  ];
}

/** Whole numbers with thin grouping: `1,250,000`. */
function inWords(amount: number): string {
  return String(Math.round(amount)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
