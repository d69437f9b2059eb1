import type { Facts } from '../facts/fact.js';
import type { HealthState, PointsLost } from './assessment.js';
import type { HealthModel } from './model.js';
import { phraseOf } from './phrase.js';
import { type Loss, pointsLost } from './points-lost.js';
import type { GuardedScore } from './verdict.js';

export interface DriverQuestion {
  readonly model: HealthModel;
  readonly scored: GuardedScore;
  readonly facts: Facts;
  /** The state before, if it was assessed with the same version of the policy; its words are kept. */
  readonly base: HealthState | null;
}

/**
 * The points lost in words. Words stay as they were while the set of drivers and their shown points
 * do, so that text is not rewritten for what nobody would see.
 */
export function driversOf(question: DriverQuestion): readonly PointsLost[] {
  const { raw, score, signals, guards } = question.scored;
  if (raw === null || score === null) return [];
  const losses = pointsLost({ raw, score, signals, guards });
  const kept = keptTexts(losses, question.base);
  const describe = describer(question);
  return losses.map((loss) => {
    const { label, text } = describe(loss.source);
    return { ...loss, label, text: kept.get(loss.source) ?? text() };
  });
}

/** The lines that a person sees: those of at least one shown point. */
export function visible<T extends { readonly shown: number }>(lines: readonly T[]): readonly T[] {
  return lines.filter(({ shown }) => shown > 0);
}

function keptTexts(losses: readonly Loss[], base: HealthState | null): ReadonlyMap<string, string> {
  const same = base !== null && sameDrivers(visible(losses), base.drivers);
  return new Map(same ? base.drivers.map(({ source, text }) => [source, text]) : []);
}

function sameDrivers(seen: readonly Loss[], before: HealthState['drivers']): boolean {
  if (seen.length !== before.length) return false;
  return seen.every(({ source, shown }) =>
    before.some((old) => old.source === source && old.shown === shown),
  );
}

interface Words {
  readonly label: string;
  readonly text: () => string;
}

function describer({ model, scored, facts }: DriverQuestion): (source: string) => Words {
  return (source) => {
    const guard = scored.guards.find(({ id }) => `guard:${id}` === source);
    if (guard) return { label: guard.label, text: () => `Held at ${guard.cap / 100}: ${guard.label}` };
    const dimension = model.dimensions.find(({ signals }) => signals.some(({ id }) => id === source));
    const signal = dimension?.signals.find(({ id }) => id === source);
    if (!dimension || !signal) return { label: source, text: () => source };
    const value = scored.signals.find(({ id }) => id === source)?.value ?? null;
    return { label: signal.label, text: () => `${dimension.label}: ${phraseOf(signal, { value, facts })}` };
  };
}
