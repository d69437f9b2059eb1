import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import { linesOf, type TierLine } from './lines.js';
import {
  type TierId,
  type TierLines,
  type TierRules,
  type TierState,
  type TierWish,
  UNASSIGNED,
} from './tier.js';

export interface TierQuestion {
  readonly facts: Facts;
  readonly rules: TierRules;
  readonly frozen: TierLines | null;
  /** The tier as it stood before this day, or null when none was ever given. */
  readonly current: TierState | null;
  /** The admin's checkbox; null = not installed or unreadable, which holds nothing. */
  readonly locked: boolean | null;
  readonly today: Day;
}

/** The tier that an account asks for: lock, then overrides, then policy under the calm rules. */
export function wishTier(question: TierQuestion): TierWish {
  const measure = question.rules.measure.evaluate(question.facts, question.today);
  return lockWish(question, measure) ?? overrideWish(question, measure) ?? policyWish(question, measure);
}

/** The tier in which a lock or an override holds the account, whatever the policy says; null = none does. */
export function fixedTier(question: TierQuestion): TierId | null {
  return (lockWish(question, null) ?? overrideWish(question, null))?.target ?? null;
}

function lockWish({ locked, current }: TierQuestion, measure: number | null): TierWish | null {
  if (locked !== true || current === null) return null;
  return {
    target: current.tier,
    by: 'lock',
    reason: 'Held by the tier lock on the account',
    reasonMeanwhile: '',
    measure,
    past: null,
    move: 'stay',
  };
}

function overrideWish(question: TierQuestion, measure: number | null): TierWish | null {
  const { rules, facts, today, current } = question;
  const override = rules.overrides.find(({ when }) => when.evaluate(facts, today) === true);
  if (!override) return null;
  const move = current?.tier === override.tier ? 'stay' : 'free';
  return {
    target: override.tier,
    by: 'override',
    reason: override.label,
    reasonMeanwhile: '',
    measure,
    past: null,
    move,
  };
}

function policyWish(question: TierQuestion, measure: number | null): TierWish {
  const plain = plainTarget(question, measure);
  const { current, rules } = question;
  if (plain === null) return unassignedWish(question);
  const reason = policyReason(question, plain, measure);
  const base = { by: 'policy', reasonMeanwhile: '', measure, past: null } as const;
  if (current === null || current.tier === UNASSIGNED || !rules.tiers.some(({ id }) => id === current.tier)) {
    return { ...base, target: plain, reason, move: 'free' };
  }
  // Whoever held the tier by lock or override goes back to the policy's answer without waiting.
  if (current.by !== 'policy')
    return { ...base, target: plain, reason, move: plain === current.tier ? 'stay' : 'free' };
  if (plain === current.tier) return { ...base, target: plain, reason, move: 'stay' };
  return calmWish(question, { plain, measure, current });
}

/** The policy's answer as if there were no current tier; null when the measure is unknown. */
function plainTarget({ rules, facts, today, frozen }: TierQuestion, measure: number | null): TierId | null {
  if (rules.policy.kind === 'thresholds') {
    const rule = rules.policy.rules.find(({ atLeast, when }) => {
      if (when !== null && when.evaluate(facts, today) !== true) return false;
      if (atLeast === null) return when !== null || measure !== null;
      return measure !== null && measure >= atLeast;
    });
    return rule?.tier ?? null;
  }
  if (measure === null) return null;
  return linesOf(rules, frozen).find(({ from }) => from === null || measure >= from)?.tier ?? null;
}

interface Crossing {
  readonly plain: TierId;
  readonly measure: number | null;
  readonly current: TierState;
}

/** The furthest tier towards `plain` whose line is passed by the margin, or the current one. */
function calmWish(question: TierQuestion, crossing: Crossing): TierWish {
  const { rules, today } = question;
  const { measure, current } = crossing;
  const reached = reachedTier(question, crossing);
  if (reached === null) {
    const reason = policyReason(question, current.tier, measure);
    return {
      target: current.tier,
      by: 'policy',
      reason,
      reasonMeanwhile: '',
      measure,
      past: null,
      move: 'stay',
    };
  }
  const early = today - current.since < rules.calm.minDwell && reached.past < rules.calm.farPast;
  const reason = policyReason(question, reached.tier, measure);
  return {
    target: reached.tier,
    by: 'policy',
    reason,
    measure,
    reasonMeanwhile: meanwhile(question, reached.tier, measure),
    past: reached.past,
    move: early ? 'dwell' : 'counted',
  };
}

function reachedTier(
  question: TierQuestion,
  { plain, measure, current }: Crossing,
): { tier: TierId; past: number } | null {
  const lines = linesOf(question.rules, question.frozen);
  const at = (tier: TierId): number => lines.findIndex((line) => line.tier === tier);
  const here = at(current.tier);
  const there = at(plain);
  if (measure === null || here < 0 || there < 0) return { tier: plain, past: 1 };
  const step = there < here ? -1 : 1;
  let reached: { tier: TierId; past: number } | null = null;
  for (let i = here + step; step < 0 ? i >= there : i <= there; i += step) {
    const line = step < 0 ? lines[i] : lines[i - step];
    const past = pastLine(line, measure, step < 0);
    if (past >= question.rules.calm.margin) reached = { tier: lines[i]?.tier ?? plain, past };
  }
  return reached;
}

/** Share by which the measure lies beyond a line; a rule without a line is wholly past. */
function pastLine(line: TierLine | undefined, measure: number, upwards: boolean): number {
  if (line?.from === null || line?.from === undefined || line.from <= 0) return 1;
  const past = upwards ? measure / line.from - 1 : 1 - measure / line.from;
  // A tenth past is a tenth past, whatever binary fractions make of it.
  return Math.round(past * 1e9) / 1e9;
}

function unassignedWish({ rules, current }: TierQuestion): TierWish {
  const known = current !== null && current.tier !== UNASSIGNED;
  return {
    target: known ? current.tier : UNASSIGNED,
    by: 'unassigned',
    reason: known
      ? `${rules.measureLabel} is not known any more; the tier stays until it is`
      : `${rules.measureLabel} is not known`,
    reasonMeanwhile: '',
    measure: null,
    past: null,
    move: current !== null ? 'stay' : 'free',
  };
}

/** Why a tier stands that the measure no longer asks for. */
function meanwhile({ rules }: TierQuestion, target: TierId, measure: number | null): string {
  const label = rules.tiers.find(({ id }) => id === target)?.label ?? target;
  const shown = measure === null ? rules.measureLabel : `${rules.measureLabel} ${inWords(measure)}`;
  return `${shown} asks for ${label}; the move waits for its time or its place`;
}

function policyReason({ rules, frozen }: TierQuestion, tier: TierId, measure: number | null): string {
  const lines = linesOf(rules, frozen);
  const index = lines.findIndex((line) => line.tier === tier);
  const from = lines[index]?.from ?? null;
  const upper = index > 0 ? (lines[index - 1]?.from ?? null) : null;
  const shown = measure === null ? rules.measureLabel : `${rules.measureLabel} ${inWords(measure)}`;
  const quarter = frozen && rules.policy.kind !== 'thresholds' ? ` (lines of ${frozen.quarter})` : '';
  if (from !== null && Number.isFinite(from)) return `${shown}: from ${inWords(from)}${quarter}`;
  if (upper !== null && Number.isFinite(upper)) return `${shown}: below ${inWords(upper)}${quarter}`;
  return shown;
}

/** Whole numbers with thin grouping: `1,250,000`. */
function inWords(amount: number): string {
  return String(Math.round(amount)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** What to remember once a wish is granted, or has to wait. */
export function settleTier(
  wish: TierWish,
  current: TierState | null,
  granted: boolean,
  today: Day,
): TierState {
  if (current !== null && (wish.move === 'stay' || !granted)) {
    const waitingFor = wish.move === 'stay' ? null : wish.target;
    const reason = waitingFor === null ? wish.reason : wish.reasonMeanwhile;
    return {
      tier: current.tier,
      since: current.since,
      by: waitingFor === null ? wish.by : current.by,
      reason,
      waitingFor,
    };
  }
  return { tier: wish.target, since: today, by: wish.by, reason: wish.reason, waitingFor: null };
}
