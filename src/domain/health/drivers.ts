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
export function driversOf({ model, scored, facts, base }: DriverQuestion): readonly PointsLost[] {
  if (scored.raw === null || scored.score === null) return [];
  const { raw, score, signals, guards } = scored;
  const words = new Map([...guardWords(scored), ...signalWords({ model, scored, facts })]);
  const lines = pointsLost({ raw, score, signals, guards }).map((loss) => described(loss, words));
  if (base === null || base.drivers.length === 0 || !sameDrivers(lines, base.drivers)) return lines;
  const kept = new Map(base.drivers.map(({ source, text }) => [source, text]));
  return lines.map((line) => ({ ...line, text: kept.get(line.source) ?? line.text }));
}

/** The lines that a person sees: those of at least one shown point. */
export function visible<T extends { readonly shown: number }>(lines: readonly T[]): readonly T[] {
  return lines.filter(({ shown }) => shown > 0);
}

function sameDrivers(lines: readonly PointsLost[], before: HealthState['drivers']): boolean {
  const seen = visible(lines);
  if (seen.length !== before.length) return false;
  return seen.every(({ source, shown }) =>
    before.some((old) => old.source === source && old.shown === shown),
  );
}

type Words = { readonly label: string; readonly text: () => string };

function described(loss: Loss, words: ReadonlyMap<string, Words>): PointsLost {
  const found = words.get(loss.source);
  return { ...loss, label: found?.label ?? loss.source, text: found?.text() ?? loss.source };
}

function guardWords({ guards }: GuardedScore): readonly (readonly [string, Words])[] {
  return guards.map(({ id, label, cap }) => [
    `guard:${id}`,
    { label, text: () => `Held at ${cap / 100}: ${label}` },
  ]);
}

function signalWords({
  model,
  scored,
  facts,
}: Omit<DriverQuestion, 'base'>): readonly (readonly [string, Words])[] {
  const values = new Map(scored.signals.map(({ id, value }) => [id, value]));
  return model.dimensions.flatMap((dimension) =>
    dimension.signals.map((signal): readonly [string, Words] => {
      const value = values.get(signal.id) ?? null;
      return [
        signal.id,
        { label: signal.label, text: () => `${dimension.label}: ${phraseOf(signal, { value, facts })}` },
      ];
    }),
  );
}
