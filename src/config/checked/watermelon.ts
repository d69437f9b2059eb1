import type { HealthModel, WatermelonRules } from '../../domain/health/model.js';
import type { WrittenHealth } from '../normalised/health.js';
import type { SignalScope } from './signals.js';

interface Around {
  readonly scope: SignalScope;
  readonly written: WrittenHealth;
  /** The models that were kept. */
  readonly models: readonly HealthModel[];
}

type WrittenWatermelon = NonNullable<WrittenHealth['watermelon']>;

function signsOf({ signs }: WrittenWatermelon, { reader }: SignalScope): WatermelonRules['signs'] {
  return Object.entries(signs).flatMap(([id, { label, when }]) => {
    const path = ['watermelon', 'signs', id];
    const condition = reader.condition(when, [...path, 'when']);
    const kept = reader.effective(condition, path, `hidden side "${id}" is left out`);
    return kept ? [{ id, label, when: condition.expression }] : [];
  });
}

/** Checks the watermelon rules; null, with a note, when surface or every hidden side can’t be known. */
export function checkWatermelon(written: WrittenWatermelon, around: Around): WatermelonRules | null {
  const { reader } = around.scope;
  const names = [...new Set(around.written.models.flatMap(({ dimensions }) => Object.keys(dimensions)))];
  const kept = new Set(around.models.flatMap(({ dimensions }) => dimensions.map(({ id }) => id)));
  const { surface, cap } = written;
  reader.name('dimension', surface, names, ['watermelon', 'surface']);
  written.dimensions.forEach((id, index) => {
    const path = ['watermelon', 'dimensions', index];
    reader.name('dimension', id, names, path);
    if (id === surface) reader.wrong(path, `"${id}" is the surface; it can’t contradict itself`);
  });
  const dimensions = written.dimensions.filter((id) => kept.has(id));
  const signs = signsOf(written, around.scope);
  if (kept.has(surface) && dimensions.length + signs.length > 0) return { surface, dimensions, signs, cap };
  reader.note(
    ['watermelon'],
    'the watermelon flag is left out: its surface or all of its hidden sides can’t be known with what is mapped',
  );
  return null;
}
