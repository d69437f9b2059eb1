import type { Guard } from '../../domain/health/model.js';
import type { WrittenHealth } from '../normalised/health.js';
import type { SignalScope } from './signals.js';

/** A guard with the models it applies to; null = all. */
export type ScopedGuard = Guard & { readonly models: readonly string[] | null };

/** Checks the guards; one whose condition can never be known is left out with a note. */
export function checkGuards(
  { guards, models }: WrittenHealth,
  { reader }: SignalScope,
): readonly ScopedGuard[] {
  const names = models.map(({ id }) => id);
  return Object.entries(guards).flatMap(([id, { label, when, cap, models: only }]) => {
    const path = ['guards', id];
    only?.forEach((model, index) => {
      reader.name('model', model, names, [...path, 'models', index]);
    });
    const condition = reader.condition(when, [...path, 'when']);
    const kept = reader.effective(condition, path, `guard "${id}" is left out`);
    return kept ? [{ id, label, when: condition.expression, cap, models: only ?? null }] : [];
  });
}
