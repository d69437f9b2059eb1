import { ENGINE_VERSION } from '../../domain/health/engine-version.js';
import type { BandRules, CoverageRules, HealthModel, HealthPolicy } from '../../domain/health/model.js';
import type { WrittenHealth, WrittenModel } from '../normalised/health.js';
import type { Normalised } from '../normalised/normalise.js';
import type { ValuePath } from '../problems.js';
import { modelBreadth } from './built-in-signals.js';
import { contentHash } from './content-hash.js';
import { checkDimension } from './dimensions.js';
import type { ScopedGuard } from './guards.js';
import { checkGuards } from './guards.js';
import type { SignalScope } from './signals.js';
import { checkWatermelon } from './watermelon.js';

interface ModelAt {
  readonly scope: SignalScope;
  readonly index: number;
  readonly last: boolean;
  readonly guards: readonly ScopedGuard[];
}

/** A signal counts once: the same reading in two dimensions would be felt twice. */
function checkSignalOnce(written: WrittenModel, scope: SignalScope, path: ValuePath): void {
  const seen = new Map<string, string>();
  for (const [dimension, { signals }] of Object.entries(written.dimensions)) {
    for (const id of Object.keys(signals)) {
      const before = seen.get(id);
      if (before !== undefined)
        scope.reader.wrongKey(
          [...path, 'dimensions', dimension, 'signals', id],
          `the signal "${id}" already counts in "${before}"`,
        );
      seen.set(id, dimension);
    }
  }
}

function checkModel(written: WrittenModel, at: ModelAt): HealthModel | null {
  const { scope, index, last, guards } = at;
  const { reader } = scope;
  const path = ['models', index];
  checkSignalOnce(written, scope, path);
  if (last && written.when !== undefined)
    reader.wrong([...path, 'when'], 'the last model serves everyone else: it may have no "when"');
  if (!last && written.when === undefined)
    reader.wrong(path, `the model "${written.id}" has no "when", so the models after it are never used`);
  const when = written.when === undefined ? null : reader.condition(written.when, [...path, 'when']);
  const dimensions = Object.entries(written.dimensions).flatMap(
    ([id, dimension]) => checkDimension(id, dimension, { scope, path: [...path, 'dimensions', id] }) ?? [],
  );
  if (Object.keys(written.dimensions).length === 0)
    reader.wrong(path, `the model "${written.id}" has no dimensions`);
  if ((when !== null && !when.holdable(reader.known)) || dimensions.length === 0) {
    leaveOut(written, at);
    return null;
  }
  const own = guards.filter(({ models }) => models === null || models.includes(written.id));
  return {
    id: written.id,
    label: written.label ?? written.id,
    when: when?.expression ?? null,
    dimensions,
    guards: own.map(({ id, label, when: holds, cap }) => ({ id, label, when: holds, cap })),
  };
}

function leaveOut(written: WrittenModel, { scope, index, last }: ModelAt): void {
  const path = ['models', index];
  if (Object.keys(written.dimensions).length === 0) return;
  if (last)
    scope.reader.wrong(
      path,
      `nothing of the model "${written.id}" can be known with what is mapped; map more fields, or write signals over those that are`,
    );
  else
    scope.reader.note(
      path,
      `model "${written.id}" is left out: what it needs can’t be known with what is mapped`,
    );
}

function checkBands(bands: WrittenHealth['bands'], scope: SignalScope): BandRules {
  if (bands.watchFrom >= bands.healthyFrom) {
    scope.reader.wrong(
      ['bands', 'watchFrom'],
      `"watchFrom" (${bands.watchFrom}) must lie below "healthyFrom" (${bands.healthyFrom})`,
    );
  } else if (2 * bands.margin >= bands.healthyFrom - bands.watchFrom) {
    scope.reader.wrong(
      ['bands', 'margin'],
      `a margin of ${bands.margin} leaves no room between ${bands.watchFrom} and ${bands.healthyFrom}`,
    );
  }
  return bands;
}

function checkCoverage(
  { minPresent, unknownBelow, knownFrom }: WrittenHealth['coverage'],
  scope: SignalScope,
): CoverageRules {
  if (knownFrom < unknownBelow)
    scope.reader.wrong(['coverage', 'knownFrom'], '"knownFrom" must not be below "unknownBelow"');
  return { minPresent, enterUnknownBelow: unknownBelow, leaveUnknownAt: knownFrom };
}

function checkModelIds(models: readonly WrittenModel[], scope: SignalScope): void {
  models.forEach(({ id }, index) => {
    const first = models.findIndex((model) => model.id === id);
    if (first < index) scope.reader.wrong(['models', index, 'id'], `the model "${id}" exists twice`);
  });
}

/** Checks config/health.yaml and leaves out, with a note, what can’t be known with what is mapped. */
export function checkHealth({ value }: Normalised<WrittenHealth>, scope: SignalScope): HealthPolicy {
  checkModelIds(value.models, scope);
  const guards = checkGuards(value, scope);
  const models = value.models.flatMap(
    (model, index) =>
      checkModel(model, { scope, index, guards, last: index === value.models.length - 1 }) ?? [],
  );
  const content = {
    models,
    bands: checkBands(value.bands, scope),
    coverage: checkCoverage(value.coverage, scope),
    watermelon:
      value.watermelon === null ? null : checkWatermelon(value.watermelon, { scope, written: value, models }),
    modelBreadth: modelBreadth(scope.reader.known),
    shownDrivers: value.shownDrivers,
  };
  return { version: contentHash({ engine: ENGINE_VERSION, ...content }), ...content };
}
