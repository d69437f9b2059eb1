import { parseDay } from '../../domain/day.js';
import { FACTS_OF_ACCOUNT } from '../../domain/facts/catalogue.js';
import type { FactDefinition } from '../../domain/facts/fact.js';
import { DEFAULT_TARGETS } from '../../domain/program/default-targets.js';
import { METRIC_IDS, type MetricId } from '../../domain/program/metric-ids.js';
import { leftOut } from '../../domain/program/metrics/left-out.js';
import {
  type MetricTarget,
  type ProgramPolicy,
  type SegmentRule,
  sampledDays,
  type TierStaffing,
  type TimeSample,
} from '../../domain/program/program-policy.js';
import { didYouMean } from '../nearest-name.js';
import type { Normalised } from '../normalised/normalise.js';
import type { WrittenProgram } from '../normalised/program.js';
import type { ValuePath } from '../problems.js';
import type { CustomFacts } from '../resolved.js';
import type { Reader } from './reader.js';

/** What config/program.yaml is checked against. */
export interface ProgramScope {
  readonly reader: Reader;
  readonly custom: CustomFacts;
  /** Null = config/tiers.yaml could not be read. */
  readonly tiers: readonly string[] | null;
  /** Mapped attributes as `kind.attribute`; null = the mapping could not be read. */
  readonly mapped: ReadonlySet<string> | null;
}

type WrittenTarget = NonNullable<WrittenProgram['targets'][string]>;

/** What holds for a metric that has no usual target. */
const UNUSUAL = { direction: 'at least', months: 12 } as const;

function targetOf(id: MetricId, written: WrittenTarget, { reader }: ProgramScope): MetricTarget {
  const { target, change, baseline } = written;
  const usual = DEFAULT_TARGETS[id] ?? UNUSUAL;
  const { direction = usual.direction, months = usual.months } = written;
  if ((target === undefined) === (change === undefined))
    reader.wrong(['targets', id], 'one of "target" and "change" is needed, and not both');
  const kind = target === undefined ? 'change' : 'value';
  return { target: target ?? change ?? 0, kind, direction, months, baseline };
}

function isMetric(id: string): id is MetricId {
  return METRIC_IDS.some((known) => known === id);
}

function targetsOf({ targets }: WrittenProgram, scope: ProgramScope): ProgramPolicy['targets'] {
  const found: Partial<Record<MetricId, MetricTarget>> = { ...DEFAULT_TARGETS };
  for (const [id, written] of Object.entries(targets)) {
    if (!isMetric(id))
      scope.reader.wrongKey(['targets', id], `unknown metric "${id}"${didYouMean(id, METRIC_IDS)}`);
    else if (written === null) delete found[id];
    else found[id] = targetOf(id, written, scope);
  }
  return found;
}

function segmentOf({ segmentBy, segments }: WrittenProgram, scope: ProgramScope): SegmentRule | null {
  if (segmentBy === null) return null;
  const facts: Readonly<Record<string, FactDefinition>> = { ...FACTS_OF_ACCOUNT, ...scope.custom };
  const texts = Object.keys(facts).filter((id) => facts[id]?.type === 'text');
  const path = ['segmentBy'];
  if (!texts.includes(segmentBy)) {
    const known = facts[segmentBy] !== undefined;
    const unknown = `unknown fact "${segmentBy}"${didYouMean(segmentBy, texts)}`;
    scope.reader.wrong(path, known ? `only a text can be a segment: not "${segmentBy}"` : unknown);
  } else if (scope.mapped !== null && !scope.reader.known(segmentBy)) {
    scope.reader.note(path, `no number is split by segment: ${segmentBy} can’t be known with what is mapped`);
  }
  return { fact: segmentBy, atMost: segments };
}

function staffingOf({ tiers }: WrittenProgram, scope: ProgramScope): ProgramPolicy['staffing'] {
  return Object.fromEntries(
    Object.entries(tiers).map(([tier, written]) => {
      const path = ['tiers', tier];
      checkTier(tier, path, scope);
      const { accountsPerPerson: range, costs, people } = written;
      if (range !== undefined && range.from > range.to)
        scope.reader.wrong([...path, 'accountsPerPerson'], '"from" must not be above "to"');
      if (costs !== undefined && people === undefined)
        scope.reader.wrong([...path, 'costs'], 'costs need "people": how many look after the tier');
      const staffing: TierStaffing = {
        people: people ?? null,
        accountsPerPerson: range ?? null,
        hoursPerWeek: written.hoursPerWeek ?? null,
        utilisation: written.utilisation ?? null,
        activities: written.activities,
        costs: costs ?? null,
      };
      return [tier, staffing];
    }),
  );
}

/** A year has as many weekends as its weeks: a sample of less than whole weeks would be scaled wrongly. */
function timeSampleOf({ timeSample }: WrittenProgram, scope: ProgramScope): TimeSample | null {
  if (timeSample === null) return null;
  const { reader } = scope;
  const day = (name: 'from' | 'to'): number | null => {
    const found = parseDay(timeSample[name]);
    if (found === null) reader.wrong(['timeSample', name], `"${timeSample[name]}" is not in the calendar`);
    return found;
  };
  for (const tier of Object.keys(timeSample.tiers)) checkTier(tier, ['timeSample', 'tiers', tier], scope);
  const [from, to] = [day('from'), day('to')];
  if (from === null || to === null) return null;
  const days = sampledDays({ from, to });
  if (days < 7 || days % 7 !== 0)
    reader.wrong(['timeSample', 'to'], `the sample must last whole weeks; it has ${days} days`);
  return { from, to, tiers: timeSample.tiers };
}

function checkTier(tier: string, path: ValuePath, { reader, tiers }: ProgramScope): void {
  if (tiers !== null && !tiers.includes(tier))
    reader.wrongKey(path, `unknown tier "${tier}"${didYouMean(tier, tiers)}`);
}

/** One sentence for all numbers that are not mapped, and one for costs that nobody named. */
function noteLeftOut(policy: ProgramPolicy, { reader, mapped }: ProgramScope): void {
  const missing = mapped === null ? [] : leftOut(mapped);
  if (missing.length > 0) {
    const list = missing.map(({ metrics, lacks }) => {
      const verb = metrics.length === 1 ? 'needs' : 'need';
      return `${metrics.join(', ')} ${verb} ${lacks.join(', ')}`;
    });
    reader.note([], `these numbers of the program are not computed with what is mapped: ${list.join('; ')}`);
  }
  if (Object.values(policy.staffing).every(({ costs }) => costs === null))
    reader.note(['tiers'], 'cost, revenue per person and return are not computed: no tier has "costs"');
}

/** Checks config/program.yaml. Where there is no such file nothing is noted: its defaults ask for nothing. */
export function checkProgram(
  { file, value }: Normalised<WrittenProgram>,
  scope: ProgramScope,
): ProgramPolicy {
  const policy: ProgramPolicy = {
    targets: targetsOf(value, scope),
    segmentBy: segmentOf(value, scope),
    floor: value.floor,
    staffing: staffingOf(value, scope),
    revenuePerPerson: value.revenuePerPerson,
    generalMarketing: value.generalMarketing,
    timeSample: timeSampleOf(value, scope),
  };
  const { warnBelow, about, warnAbove } = policy.revenuePerPerson;
  if (!(warnBelow <= about && about <= warnAbove))
    scope.reader.wrong(['revenuePerPerson'], '"warnBelow", "about" and "warnAbove" must rise');
  if (file.value !== null && file.value !== undefined) noteLeftOut(policy, scope);
  return policy;
}
