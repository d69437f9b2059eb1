import type { Curve, HealthModel, ModelSignal } from '../domain/health/model.js';
import type { SuggestedDimension, SuggestedModel, SuggestedSignal } from '../domain/insight/suggestion.js';
import { SIGNALS } from '../domain/signals/catalogue.js';

/** A model of config/health.yaml, as it is written there. */
export interface WrittenModel {
  readonly id: string;
  readonly label: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

/** A suggested model as config/health.yaml takes it: under the name of the model that serves everybody today. */
export function writtenModel({ dimensions }: SuggestedModel, today: HealthModel): WrittenModel {
  const written = dimensions.map((dimension) => [dimension.id, writtenDimension(dimension, today)] as const);
  return { id: today.id, label: today.label, dimensions: Object.fromEntries(written) };
}

function writtenDimension({ id, weight, signals }: SuggestedDimension, today: HealthModel) {
  const known = today.dimensions.find((dimension) => dimension.id === id);
  const rules = (known?.weightRules ?? []).map(({ when, percent }) => ({
    when: when.source,
    weight: `${percent} %`,
  }));
  return {
    label: known?.label ?? id.charAt(0).toUpperCase() + id.slice(1),
    weight,
    ...(rules.length > 0 ? { weightRules: rules } : {}),
    signals: Object.fromEntries(signals.map((signal) => [nameOf(signal), writtenSignal(signal)])),
  };
}

/** The name of a signal without its dimension, of a fact without its group. */
function nameOf({ candidate }: SuggestedSignal): string {
  return candidate.signal?.id ?? candidate.id.slice(candidate.id.lastIndexOf('.') + 1);
}

function writtenSignal({ candidate, weight, curve }: SuggestedSignal): unknown {
  const { signal } = candidate;
  if (signal !== null) return writtenKnown(signal, weight);
  return { weight, label: candidate.label, value: candidate.value.source, curve: writtenCurve(curve) };
}

/** A signal of the catalogue that is read as there needs nothing but its weight. */
function writtenKnown(signal: ModelSignal, weight: number): unknown {
  const { label, unit, value, freshFor, text } = signal;
  const builtIn = builtInOf(signal);
  const curves = JSON.stringify(builtIn?.curves) === JSON.stringify(signal.curves) ? {} : curvesOf(signal);
  const words = { label, ...(unit === null ? {} : { unit }), freshFor, text };
  if (builtIn === null) return { weight, ...words, value: value.source, ...curves };
  const same = builtIn.label === label && builtIn.freshFor === freshFor && builtIn.text === text;
  if (same && Object.keys(curves).length === 0) return weight;
  return { weight, ...(same ? {} : words), ...curves };
}

function builtInOf({ id }: ModelSignal) {
  const catalogue: Readonly<Record<string, Omit<ModelSignal, 'id'>>> = SIGNALS;
  return catalogue[id] ?? null;
}

function curvesOf({ curves }: ModelSignal) {
  const [only] = curves;
  if (curves.length === 1 && only !== undefined && only.when === null)
    return { curve: writtenCurve(only.curve) };
  return {
    curves: curves.map(({ when, curve }) => ({
      ...(when === null ? {} : { when: when.source }),
      curve: writtenCurve(curve),
    })),
  };
}

function writtenCurve(curve: Curve | null): unknown {
  switch (curve?.shape) {
    case 'linear':
      return { linear: { from: curve.from, to: curve.to } };
    case 'piecewise':
      return { piecewise: curve.points };
    case 'steps':
      return { steps: curve.steps };
    case 'table':
      return { table: curve.scores, ...(curve.otherwise === null ? {} : { otherwise: curve.otherwise }) };
    default:
      return undefined;
  }
}
