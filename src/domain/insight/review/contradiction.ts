import { type Day, spokenDay } from '../../day.js';
import type { FactDefinition, Facts } from '../../facts/fact.js';
import type { HealthAssessment, PointsLost } from '../../health/assessment.js';
import type { HealthModel, HealthPolicy, WatermelonRules } from '../../health/model.js';
import { shownPoints } from '../../health/points.js';
import { watermelonOf } from '../../health/watermelon.js';

/** A side that lies beneath and says something else than the surface. */
export interface HiddenSide {
  readonly id: string;
  readonly label: string;
  /** 0-100; null for a sign, which has no score. */
  readonly score: number | null;
  /** What it is seen by, one sentence each. */
  readonly evidence: readonly string[];
}

/** An account that looks healthy over something that is in risk. */
export interface Contradiction {
  readonly surface: { readonly id: string; readonly label: string; readonly score: number };
  readonly hidden: readonly HiddenSide[];
  /** False where nothing but an old or missing review speaks against the surface: no customer complained. */
  readonly complaint: boolean;
  /** Points (0-100) between the surface and the lowest hidden side. */
  readonly depth: number;
}

/** What is looked at for one account. */
export interface ContradictionQuestion {
  readonly policy: HealthPolicy;
  readonly health: HealthAssessment;
  readonly facts: Facts;
  readonly today: Day;
  /** What facts are called. */
  readonly definitions: Readonly<Record<string, FactDefinition>>;
}

/** Null where surface and depth agree, too little is known, or nothing is configured. */
export function contradictionOf(question: ContradictionQuestion): Contradiction | null {
  const { policy, health, facts, today } = question;
  const rules = policy.watermelon;
  const surface = rules === null ? null : (health.dimensions[rules.surface] ?? null);
  if (rules === null || surface === null) return null;
  const asked = { rules, bands: policy.bands, dimensions: health.dimensions };
  const { flag, hidden } = watermelonOf(asked, { facts, today });
  if (flag !== true) return null;
  const sides = hidden.map((id) => sideOf(id, rules, question));
  const score = shownPoints(surface);
  const lowest = Math.min(policy.bands.watchFrom, ...sides.flatMap((side) => side.score ?? []));
  return {
    surface: { id: rules.surface, label: labelOf(rules.surface, question), score },
    hidden: sides,
    complaint: hidden.some((id) => isComplaint(id, rules, question)),
    depth: Math.max(0, score - lowest),
  };
}

/** A sign that rests on days alone says that nobody looked, not that something is wrong. */
function isComplaint(
  id: string,
  { signs }: WatermelonRules,
  { definitions }: ContradictionQuestion,
): boolean {
  const sign = signs.find((one) => one.id === id);
  if (sign === undefined) return true;
  return !sign.when.facts.every(
    (fact) => definitions[fact]?.type === 'day' || definitions[fact]?.timed === true,
  );
}

function sideOf(id: string, rules: WatermelonRules, question: ContradictionQuestion): HiddenSide {
  const sign = rules.signs.find((one) => one.id === id);
  if (sign !== undefined)
    return { id, label: sign.label, score: null, evidence: readIn(sign.when.facts, question) };
  const { dimensions, signals, pointsLost } = question.health;
  const own = new Set(signals.filter(({ dimension }) => dimension === id).map((signal) => signal.id));
  const lines = pointsLost.filter(({ source, cents }) => own.has(source) && cents > 0);
  const score = dimensions[id] ?? null;
  return {
    id,
    label: labelOf(id, question),
    score: score === null ? null : shownPoints(score),
    evidence: lines.filter((line) => !isSaidTwice(line, lines, question)).map(({ text }) => text),
  };
}

/** Value perception that is derived from an NPS answer is no second evidence beside that answer. */
function isSaidTwice(
  line: PointsLost,
  lines: readonly PointsLost[],
  question: ContradictionQuestion,
): boolean {
  if (question.facts['account.valuePerceptionDerived']?.value !== true) return false;
  const reads = (fact: string, { source }: PointsLost): boolean =>
    modelOf(question)?.dimensions.some(({ signals }) =>
      signals.some(({ id, value }) => id === source && value.facts.includes(fact)),
    ) ?? false;
  return reads('account.valuePerception', line) && lines.some((other) => reads('surveys.npsLatest', other));
}

function modelOf({ policy, health }: ContradictionQuestion): HealthModel | undefined {
  return policy.models.find(({ id }) => id === health.modelId);
}

function labelOf(dimension: string, question: ContradictionQuestion): string {
  return modelOf(question)?.dimensions.find(({ id }) => id === dimension)?.label ?? dimension;
}

/** The facts that a sign was read from, as people read them. */
function readIn(ids: readonly string[], { facts, definitions }: ContradictionQuestion): readonly string[] {
  return ids.flatMap((id) => {
    const [value, definition] = [facts[id]?.value ?? null, definitions[id]];
    if (definition === undefined || typeof value === 'boolean') return [];
    if (value === null) return [`${definition.label}: not known`];
    if (typeof value === 'string') return [`As the account holds it: ${value.replaceAll('-', ' ')}`];
    return [`${definition.label}: ${spoken(value, definition)}`];
  });
}

function spoken(value: number, { type, unit }: FactDefinition): string {
  if (type === 'day') return spokenDay(value);
  return unit === null ? String(value) : `${value} ${unit}`;
}
