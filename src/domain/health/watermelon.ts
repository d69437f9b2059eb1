import type { HoldingGuard } from './guard.js';
import type { BandRules, Cents, HealthModel, WatermelonRules } from './model.js';
import { shownPoints } from './points.js';
import type { Moment } from './score.js';

/** What the guard that a flag amounts to is called. */
export const WATERMELON = 'watermelon';

/** True when the surface is healthy over a hidden side in risk; null when too little is known to say. */
export interface WatermelonAnswer {
  readonly flag: boolean | null;
  /** Ids of the hidden sides that contradict. */
  readonly hidden: readonly string[];
}

export interface WatermelonQuestion {
  readonly rules: WatermelonRules;
  readonly bands: BandRules;
  /** Dimension id -> 0-10000 or null, for the dimensions of the account's model. */
  readonly dimensions: Readonly<Record<string, Cents | null>>;
}

/** Depth against surface: a hidden side that nobody knows makes the answer unknown, not false. */
export function watermelonOf(question: WatermelonQuestion, at: Moment): WatermelonAnswer {
  const { rules, bands, dimensions } = question;
  const surface = dimensions[rules.surface] ?? null;
  if (surface === null) return { flag: null, hidden: [] };
  if (shownPoints(surface) < bands.healthyFrom) return { flag: false, hidden: [] };
  const sides = [...hiddenDimensions(question), ...signsOf(rules, at)];
  const hidden = sides.filter(({ inRisk }) => inRisk === true).map(({ id }) => id);
  if (hidden.length > 0) return { flag: true, hidden };
  return { flag: sides.length === 0 || sides.some(({ inRisk }) => inRisk === null) ? null : false, hidden };
}

interface Side {
  readonly id: string;
  readonly inRisk: boolean | null;
}

function hiddenDimensions({ rules, bands, dimensions }: WatermelonQuestion): readonly Side[] {
  return rules.dimensions
    .filter((id) => Object.hasOwn(dimensions, id))
    .map((id) => {
      const score = dimensions[id] ?? null;
      return { id, inRisk: score === null ? null : shownPoints(score) < bands.watchFrom };
    });
}

function signsOf({ signs }: WatermelonRules, { facts, today }: Moment): readonly Side[] {
  return signs.map(({ id, when }) => ({ id, inRisk: when.evaluate(facts, today) }));
}

/** Why an account is flagged: `Adoption looks healthy, yet: Sentiment is in risk`; null where it is not. */
export function watermelonReason(
  rules: WatermelonRules,
  { flag, hidden }: WatermelonAnswer,
  { dimensions }: Pick<HealthModel, 'dimensions'>,
): string | null {
  if (flag !== true) return null;
  const labelOf = (id: string): string => dimensions.find((one) => one.id === id)?.label ?? id;
  const sides = hidden.map(
    (id) => rules.signs.find((sign) => sign.id === id)?.label ?? `${labelOf(id)} is in risk`,
  );
  return `${labelOf(rules.surface)} looks healthy, yet: ${sides.join('; ')}`;
}

/** The guard that a flag amounts to, or none. */
export function watermelonGuard(rules: WatermelonRules, reason: string | null): readonly HoldingGuard[] {
  if (reason === null || rules.cap === null) return [];
  return [{ id: WATERMELON, label: reason, cap: Math.round(rules.cap * 100) }];
}
