import { ALL } from '../../metric-ids.js';
import type { Cell } from '../cell.js';
import { toldPeriods } from '../period.js';
import type { MetricBasis, MetricSubject } from '../subject.js';
import { partOfTally, type Tally, type TallyPart, tallies, tallyOf } from '../tally.js';
import { groupsOf, OTHER, OTHER_KEY, type SeenGroup } from './groups.js';
import type { Split } from './split.js';

/** One split of the book, fed one account at a time. Memory grows with its groups, not with accounts. */
export interface SplitBook {
  readonly add: (subject: MetricSubject) => void;
  readonly part: () => SplitPart;
  readonly merge: (part: SplitPart) => void;
  /** Of the month and the quarter that run: the groups are those of today. */
  readonly cells: () => readonly Cell[];
}

/** What was counted of a split, as JSON. */
export interface SplitPart {
  readonly split: string;
  readonly groups: readonly (readonly [spelling: string, tallies: readonly (TallyPart | null)[]])[];
}

export function splitBook(split: Split, basis: MetricBasis): SplitBook {
  const { numbers } = split;
  const counted = tallies();
  const nameOf = (index: number, key: string): string => `${index}|${key}`;
  const groups = groupsOf((key) => {
    for (const index of numbers.keys()) counted.move(nameOf(index, key), nameOf(index, OTHER_KEY));
  });
  const at = (key: string): readonly Tally[] => numbers.map((_, index) => counted.get(nameOf(index, key)));
  return {
    add: (subject) => {
      for (const [index, number] of numbers.entries())
        for (const [group, count] of number.read(subject, basis))
          counted.add(nameOf(index, groups.keyOf(group)), count);
    },
    part: () => ({
      split: split.id,
      groups: groups.seen().map(({ key, spelling }) => [spelling, at(key).map(partOfTally)] as const),
    }),
    merge: (part) => {
      for (const [spelling, parts] of part.groups) {
        const key = groups.keyOf(spelling);
        for (const [index, tally] of parts.entries())
          if (tally !== null) counted.merge(nameOf(index, key), tallyOf(tally));
      }
    },
    cells: () => {
      const shown = shownGroups(split, groups.seen(), at);
      const running = toldPeriods(basis.facts.today).filter(({ state }) => state === 'running');
      return running.flatMap((period) =>
        shown.flatMap(({ label, keys }) =>
          numbers.map((rule, index) => ({
            ...{ rule, period, group: { tier: ALL, segment: nameFor(label, split), band: ALL } },
            tally: together(keys.map((key) => counted.get(nameOf(index, key)))),
          })),
        ),
      );
    },
  };
}

interface ShownGroup {
  readonly label: string;
  readonly keys: readonly string[];
}

/** The groups that keep their name, in the order of the split, and what is left of the others. */
function shownGroups(
  { order, atMost }: Split,
  seen: readonly SeenGroup[],
  at: (key: string) => readonly Tally[],
): readonly ShownGroup[] {
  const met = seen.filter(({ key }) => at(key).some(({ n }) => n > 0));
  const named = met.filter(({ key }) => key !== OTHER_KEY);
  const kept = order === null ? largest(named, { atMost, at }) : inOrder(named, order);
  const rest = met.filter(({ key }) => !kept.some((one) => one.key === key));
  const shown = kept.map(({ key, spelling }) => ({ label: spelling, keys: [key] }));
  return rest.length === 0 ? shown : [...shown, { label: OTHER, keys: rest.map(({ key }) => key) }];
}

function largest(
  named: readonly SeenGroup[],
  { atMost, at }: { readonly atMost: number; readonly at: (key: string) => readonly Tally[] },
): readonly SeenGroup[] {
  const weight = ({ key }: SeenGroup): number => at(key)[0]?.part ?? 0;
  const sorted = named.toSorted((a, b) => weight(b) - weight(a) || (a.key < b.key ? -1 : 1));
  return sorted.length > atMost ? sorted.slice(0, atMost - 1) : sorted;
}

function inOrder(named: readonly SeenGroup[], order: readonly string[]): readonly SeenGroup[] {
  return order.flatMap((label) => named.filter(({ key }) => key === label.toLowerCase()));
}

/** A group must not read as all of them together. */
function nameFor(label: string, { by }: Split): string {
  return label.toLowerCase() === ALL.toLowerCase() ? `${label} (${by.toLowerCase()})` : label;
}

function together(all: readonly Tally[]): Tally {
  const sum = tallies();
  for (const one of all) sum.merge('all', one);
  return sum.get('all');
}
