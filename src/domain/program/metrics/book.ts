import type { BandOutcomes } from '../../insight/band-loss.js';
import { ALL, type MetricId } from '../metric-ids.js';
import type { SegmentRule } from '../program-policy.js';
import type { Cell, Group } from './cell.js';
import { type Period, periodAt, quartersAhead, toldPeriods } from './period.js';
import { isServed, type MetricRule } from './rule.js';
import { METRIC_RULES } from './rules/index.js';
import { type SeenSegment, segmentsOf } from './segments.js';
import { servedSplits } from './splits/index.js';
import type { Split } from './splits/split.js';
import { type SplitPart, splitBook } from './splits/split-book.js';
import type { MetricBasis, MetricSubject } from './subject.js';
import { partOfTally, type Tallies, type TallyPart, tallies, tallyOf } from './tally.js';

/** The numbers of a whole book, fed one account at a time. Memory grows with groups and periods, not with accounts. */
export interface MetricBook {
  readonly add: (subject: MetricSubject) => void;
  /** What it has counted, as JSON. */
  readonly part: () => BookPart;
  /** Takes in what another book of the same day and settings has counted of other accounts. */
  readonly merge: (part: BookPart) => void;
  readonly cells: () => readonly Cell[];
  readonly outcomes: () => ReadonlyMap<string, BandOutcomes>;
  /** First day of usage over the whole book; null without any. */
  readonly usageFrom: () => number | null;
}

/** What one book has counted of its accounts. */
export interface BookPart {
  readonly segments: readonly SeenSegment[];
  readonly groups: readonly GroupPart[];
  readonly outcomes: readonly (readonly [band: string, BandOutcomes])[];
  readonly usageFrom: number | null;
  readonly splits: readonly SplitPart[];
}

interface GroupPart {
  readonly group: Group;
  /** By the place of the question in their order. */
  readonly tallies: readonly (readonly [question: number, TallyPart])[];
}

interface Question {
  readonly rule: MetricRule;
  readonly period: Period;
}

/** The rules that what is mapped lets us answer: of each metric the first. */
export function servedRules(mapped: ReadonlySet<string>): readonly MetricRule[] {
  const first = new Map<MetricId, MetricRule>();
  for (const rule of METRIC_RULES)
    if (!first.has(rule.metric) && isServed(rule, mapped)) first.set(rule.metric, rule);
  return [...first.values()];
}

/** Which numbers are asked of which periods: what may have been overwritten is not asked of a period that is over. */
function questionsOf(rules: readonly MetricRule[], facts: MetricBasis['facts']): readonly Question[] {
  const { today } = facts;
  const told = toldPeriods(today);
  return rules.flatMap((rule) => {
    const periods = rule.restsOn === 'ahead' ? quartersAhead(today) : told;
    const from = rule.knownFrom(facts);
    const open = periods.filter(
      ({ state, asOf }) => asOf >= from && (rule.restsOn === 'dates' || state !== 'over'),
    );
    return open.map((period) => ({ rule, period }));
  });
}

/** An empty book of what the CRM is told. `segmentBy` null = not split by segment. */
export function metricBook(basis: MetricBasis, segmentBy: SegmentRule | null): MetricBook {
  const { mapped } = basis.facts;
  const questions = questionsOf(servedRules(mapped), basis.facts);
  return bookOf(basis, { questions, segmentBy, splits: servedSplits(mapped) });
}

/** An empty book of some numbers over the latest quarters, the one that runs among them; only what rests on dates is told of those that are over. */
export function quarterBook(basis: MetricBasis, metrics: readonly MetricId[], quarters: number): MetricBook {
  const { mapped, today } = basis.facts;
  const periods = Array.from({ length: quarters }, (_, back) =>
    periodAt('quarter', today, back + 1 - quarters),
  );
  const rules = servedRules(mapped).filter(({ metric }) => metrics.includes(metric));
  const questions = rules.flatMap((rule) =>
    periods
      .filter(({ state }) => rule.restsOn === 'dates' || state === 'running')
      .map((period) => ({ rule, period })),
  );
  return bookOf(basis, { questions, segmentBy: null, splits: [] });
}

interface Asked {
  readonly questions: readonly Question[];
  readonly segmentBy: SegmentRule | null;
  readonly splits: readonly Split[];
}

function bookOf(basis: MetricBasis, { questions, segmentBy, splits: asked }: Asked): MetricBook {
  const splits = new Map(asked.map((split) => [split.id, splitBook(split, basis)]));
  const segments = segmentsOf(segmentBy);
  const leaves = new Map<string, Group>();
  const counted = tallies();
  const outcomes = new Map<string, BandOutcomes>();
  let usageFrom: number | null = null;
  const talliesOf = (name: string): GroupPart['tallies'] =>
    questions.flatMap((_, index) => {
      const tally = partOfTally(counted.get(`${index}|${name}`));
      return tally === null ? [] : [[index, tally] as const];
    });
  return {
    add: (subject) => {
      const segment = segments.keyOf(subject.segment);
      for (const [index, { rule, period }] of questions.entries()) {
        const count = rule.read(subject, period, basis);
        const band = rule.byBand ? subject.standing.band : ALL;
        const group = { tier: subject.tierOn(period.asOf), segment, band };
        const name = nameOf(group);
        if (!leaves.has(name)) leaves.set(name, group);
        if (count !== null) counted.add(`${index}|${name}`, count);
      }
      for (const { band, lost } of subject.outcomes)
        noteOutcomes(outcomes, band, { closed: 1, lost: lost ? 1 : 0 });
      usageFrom = earlier(usageFrom, usageOf(subject));
      for (const split of splits.values()) split.add(subject);
    },
    part: () => ({
      segments: segments.seen(),
      groups: [...leaves].map(([name, group]) => ({ group, tallies: talliesOf(name) })),
      outcomes: [...outcomes],
      usageFrom,
      splits: [...splits.values()].map((split) => split.part()),
    }),
    merge: (part) => {
      const keys = new Map(part.segments.map((seen) => [seen.key, segments.take(seen)]));
      for (const { group: theirs, tallies: found } of part.groups) {
        const group = { ...theirs, segment: keys.get(theirs.segment) ?? theirs.segment };
        const name = nameOf(group);
        if (!leaves.has(name)) leaves.set(name, group);
        for (const [index, tally] of found) counted.merge(`${index}|${name}`, tallyOf(tally));
      }
      for (const [band, counts] of part.outcomes) noteOutcomes(outcomes, band, counts);
      usageFrom = earlier(usageFrom, part.usageFrom);
      for (const split of part.splits) splits.get(split.split)?.merge(split);
    },
    cells: () => [
      ...rolledUp(questions, { leaves, counted, segmentName: segments.nameOf }),
      ...[...splits.values()].flatMap((split) => split.cells()),
    ],
    outcomes: () => outcomes,
    usageFrom: () => usageFrom,
  };
}

function nameOf({ tier, segment, band }: Group): string {
  return `${tier}\n${segment}\n${band}`;
}

function noteOutcomes(outcomes: Map<string, BandOutcomes>, band: string, more: BandOutcomes): void {
  const { closed, lost } = outcomes.get(band) ?? { closed: 0, lost: 0 };
  outcomes.set(band, { closed: closed + more.closed, lost: lost + more.lost });
}

function usageOf({ rows }: MetricSubject): number | null {
  return (rows.usage ?? []).reduce<number | null>(
    (first, { values: { on } }) => earlier(first, typeof on === 'number' ? on : null),
    null,
  );
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

interface Leaves {
  readonly leaves: ReadonlyMap<string, Group>;
  readonly counted: Tallies;
  readonly segmentName: (key: string) => string;
}

/** Every group with what lies in it: each tier, segment and band, and all of them together. */
function rolledUp(questions: readonly Question[], { leaves, counted, segmentName }: Leaves): readonly Cell[] {
  const named = [...leaves].map(([name, group]) => ({
    name,
    group: { ...group, segment: segmentName(group.segment) },
  }));
  return questions.flatMap(({ rule, period }, index) => {
    const groups = new Map<string, Group>();
    const summed = tallies();
    for (const { name, group } of named) {
      if (!rule.byBand && group.band !== ALL) continue;
      const tally = counted.get(`${index}|${name}`);
      if (rule.byBand && tally.n === 0 && group.band !== ALL) continue;
      for (const above of groupsOver(group)) {
        groups.set(nameOf(above), above);
        summed.merge(nameOf(above), tally);
      }
    }
    return [...groups].map(([name, group]) => ({ rule, period, group, tally: summed.get(name) }));
  });
}

/** The group itself and every larger one that it belongs to. */
function groupsOver({ tier, segment, band }: Group): readonly Group[] {
  return [tier, ALL].flatMap((t) =>
    [...new Set([segment, ALL])].flatMap((s) =>
      [...new Set([band, ALL])].map((b) => ({ tier: t, segment: s, band: b })),
    ),
  );
}
