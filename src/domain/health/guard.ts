import type { Cents, Guard } from './model.js';
import type { Moment } from './score.js';

/** A guard that holds, in hundredths. */
export interface HoldingGuard {
  readonly id: string;
  readonly label: string;
  readonly cap: Cents;
}

/** The guards that hold, lowest cap first, then in the model's order. An unknown condition does not hold. */
export function holdingGuards(guards: readonly Guard[], { facts, today }: Moment): readonly HoldingGuard[] {
  return byCap(
    guards
      .filter(({ when }) => when.evaluate(facts, today) === true)
      .map(({ id, label, cap }) => ({ id, label, cap: Math.round(cap * 100) })),
  );
}

/** Lowest cap first: the first one takes the cut, the others are listed as also holding. */
export function byCap(guards: readonly HoldingGuard[]): readonly HoldingGuard[] {
  return guards
    .map((guard, index) => ({ guard, index }))
    .sort((a, b) => a.guard.cap - b.guard.cap || a.index - b.index)
    .map(({ guard }) => guard);
}

/** The score that guards leave of a raw one. */
export function cappedScore(raw: Cents, guards: readonly HoldingGuard[]): Cents {
  return Math.min(raw, guards[0]?.cap ?? raw);
}
