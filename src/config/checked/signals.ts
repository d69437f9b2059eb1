import type { Expression } from '../../domain/facts/fact.js';
import type { ModelSignal } from '../../domain/health/model.js';
import { didYouMean } from '../nearest-name.js';
import type { WrittenSignal } from '../normalised/health.js';
import type { ValuePath } from '../problems.js';
import type { BuiltInSignals, SignalBasis } from './built-in-signals.js';
import { type ConditionalCurve, checkCurve, checkCurves } from './curves.js';
import type { Reader } from './reader.js';

/** What signals are checked against. */
export interface SignalScope {
  readonly reader: Reader;
  readonly builtIn: BuiltInSignals;
}

type Basis = SignalBasis & { readonly knowable: boolean };

function ownBasis(
  id: string,
  written: WrittenSignal & { value: string },
  scope: SignalScope,
  path: ValuePath,
): Basis {
  const { value, label } = written;
  const { reader } = scope;
  if (scope.builtIn[id])
    reader.wrongKey(
      path,
      `"${id}" is a signal of the catalogue; give your own another name, or leave "value" out`,
    );
  if (label === undefined) reader.wrongKey(path, `"${id}" is a signal of your own: it needs a "label"`);
  if (written.curve === undefined && written.curves === undefined)
    reader.wrongKey(path, `"${id}" is a signal of your own: it needs a "curve"`);
  const compiled = reader.value(value, [...path, 'value']);
  const { expression, type } = compiled;
  return {
    label: label ?? id,
    unit: null,
    weight: 1,
    type,
    value: expression,
    curves: [],
    freshFor: null,
    text: null,
    knowable: compiled.knowable(scope.reader.known),
  };
}

function basisOf(id: string, written: WrittenSignal, scope: SignalScope, path: ValuePath): Basis | null {
  const { value } = written;
  if (value !== undefined) return ownBasis(id, { ...written, value }, scope, path);
  const found = scope.builtIn[id];
  if (found) return { ...found, knowable: isKnowable(found.value, scope) };
  const near = didYouMean(id, Object.keys(scope.builtIn));
  scope.reader.wrongKey(path, `unknown signal "${id}"${near || '; a signal of your own needs a "value"'}`);
  return null;
}

function isKnowable(value: Expression, scope: SignalScope): boolean {
  return value.facts.every(scope.reader.known);
}

function curvesOf(
  written: WrittenSignal,
  basis: Basis,
  at: { reader: Reader; path: ValuePath },
): readonly ConditionalCurve[] {
  const { reader, path } = at;
  const { type } = basis;
  if (written.curve && written.curves)
    reader.wrongKey([...path, 'curves'], '"curve" and "curves" exclude each other; keep one');
  if (written.curves) return checkCurves(written.curves, { reader, type, path: [...path, 'curves'] });
  if (written.curve)
    return [{ when: null, curve: checkCurve(written.curve, { reader, type, path: [...path, 'curve'] }) }];
  return basis.curves;
}

/** Weights are whole and above zero: a signal without weight is one that is not in the model. */
export function checkWeight(weight: number, reader: Reader, path: ValuePath): void {
  if (weight <= 0)
    reader.wrong(
      path,
      `weight ${weight}: weights are whole numbers above 0; leave out what should not count`,
    );
}

/** One signal of a dimension: the catalogue's with what was overridden, or an own one. Null = reported. */
export function checkSignal(
  id: string,
  given: number | WrittenSignal,
  scope: SignalScope & { readonly path: ValuePath },
): { readonly signal: ModelSignal; readonly knowable: boolean } | null {
  const { reader, path } = scope;
  const written = typeof given === 'number' ? { weight: given } : given;
  const basis = basisOf(id, written, scope, path);
  if (basis === null) return null;
  const weight = written.weight ?? basis.weight;
  checkWeight(weight, reader, typeof given === 'number' ? path : [...path, 'weight']);
  if (typeof written.text === 'string') reader.template(written.text, [...path, 'text']);
  const curves = curvesOf(written, basis, { reader, path });
  const signal: ModelSignal = {
    id,
    label: written.label ?? basis.label,
    unit: written.unit ?? basis.unit,
    weight,
    value: basis.value,
    curves,
    freshFor: written.freshFor === undefined ? basis.freshFor : written.freshFor,
    text: written.text === undefined ? basis.text : written.text,
  };
  return { signal, knowable: basis.knowable };
}
