import type { Day } from '../day.js';
import { FACTS } from '../facts/catalogue.js';
import type { FactDefinition, Facts, FactValue } from '../facts/fact.js';
import { assessHealth } from '../health/assess-health.js';
import type { HealthAssessment } from '../health/assessment.js';
import type { Band, HealthPolicy } from '../health/model.js';
import { ALL } from '../program/metric-ids.js';
import { UNKNOWN_SEGMENT } from '../program/metrics/segments.js';
import { readSignal } from '../signals/read.js';
import type { TierRules } from '../tier/tier.js';
import { wishTier } from '../tier/wish.js';
import type { Candidate, Example } from './example.js';
import { alsoKnown, type KnownAt } from './known-at.js';

/** An entry of history: what was shown from its day on, and the facts that it rested on. */
export interface ShownThen {
  readonly day: Day;
  readonly inputs: Facts;
  /** Whole points, 0-100. */
  readonly score: number | null;
  readonly band: Band;
  readonly tier: string;
}

/** What examples are made with. */
export interface ExamineRules {
  readonly policy: HealthPolicy;
  readonly candidates: readonly Candidate[];
  readonly tiers: TierRules;
  /** The fact by which the program is split; null = it is not. */
  readonly segmentBy: string | null;
}

/** An example without what came of it. */
export type Examined = Omit<Example, 'account' | 'name' | 'lost' | 'amount'>;

/** Facts of an entry of history that is older than this many days say too little of the cut-off. */
const FRESH = 35;

/** The last entry at or before a day; null = nothing was shown yet. Entries may come in any order. */
function shownAt(history: readonly ShownThen[], day: Day): ShownThen | null {
  return history
    .filter((entry) => entry.day <= day)
    .reduce<ShownThen | null>((last, entry) => (last === null || entry.day > last.day ? entry : last), null);
}

/**
 * An account as it stood at a cut-off: the score that was shown then, or what today's settings make of what was
 * known then. What a fresh entry of history knows and the rows don't tell any more is taken from it.
 */
export function examine(known: KnownAt, history: readonly ShownThen[], rules: ExamineRules): Examined {
  const { policy, candidates } = rules;
  const shown = shownAt(history, known.day);
  const fresh = shown !== null && shown.day >= known.day - FRESH;
  const at = fresh ? alsoKnown(known, lasting(shown.inputs)) : known;
  const { facts, day: today } = at;
  const { assessment } = assessHealth({ facts, policy, pulse: at.pulse, base: null, today });
  const readings = candidates.map((candidate) => readCandidate(candidate, facts, today));
  return {
    cut: today,
    segment: segmentOf(facts, rules.segmentBy),
    tier: shown?.tier ?? tierOf(facts, today, rules.tiers),
    source: shown === null ? 'rebuilt' : 'history',
    model: assessment.modelId,
    score: shown === null ? assessment.score : shown.score === null ? null : shown.score * 100,
    band: shown?.band ?? assessment.band,
    cap: capOf(assessment, policy),
    revenue: amountIn(facts, 'account.arr') ?? amountIn(facts, 'opportunities.wonAmount365'),
    existing: facts['account.existingHealth']?.value ?? null,
    readings: readings.map(({ value }) => value),
    scores: readings.map(({ score }) => score),
  };
}

interface Read {
  readonly value: FactValue;
  readonly score: number | null;
}

function readCandidate({ signal, value }: Candidate, facts: Facts, today: Day): Read {
  if (signal === null) return { value: value.evaluate(facts, today), score: null };
  const reading = readSignal(signal, facts, today);
  return { value: reading.state === 'stale' ? null : reading.value, score: reading.score };
}

/** Ages are not carried over: they have grown since. */
function lasting(inputs: Facts): Facts {
  return Object.fromEntries(Object.entries(inputs).filter(([id]) => !isAge(id)));
}

const DEFINITIONS: Readonly<Record<string, FactDefinition>> = FACTS;

function isAge(id: string): boolean {
  const definition = DEFINITIONS[id];
  return definition?.timed === true && definition.unit === 'days';
}

function segmentOf(facts: Facts, segmentBy: string | null): string {
  if (segmentBy === null) return ALL;
  const segment = facts[segmentBy]?.value;
  return typeof segment === 'string' && segment !== '' ? segment : UNKNOWN_SEGMENT;
}

/** Lines that were drawn over the whole book of a past quarter are not kept: such a tier is unassigned. */
function tierOf(facts: Facts, today: Day, rules: TierRules): string {
  return wishTier({ facts, rules, frozen: null, current: null, locked: null, today }).target;
}

function capOf(assessment: HealthAssessment, { models, watermelon }: HealthPolicy): number | null {
  const guards = models.find(({ id }) => id === assessment.modelId)?.guards ?? [];
  const holding = guards.filter(({ id }) => assessment.guards.includes(id)).map(({ cap }) => cap);
  if (assessment.watermelon === true && watermelon?.cap != null) holding.push(watermelon.cap);
  return holding.length === 0 ? null : Math.round(Math.min(...holding) * 100);
}

function amountIn(facts: Facts, id: string): number | null {
  const value = facts[id]?.value;
  return typeof value === 'number' ? value : null;
}
