import type { Condition } from '../../domain/facts/fact.js';
import type { Curve } from '../../domain/health/model.js';
import type { WrittenCurve } from '../normalised/curve.js';
import type { ValuePath } from '../problems.js';
import type { Reader } from './reader.js';

const SHAPES = ['linear', 'piecewise', 'steps', 'table'] as const;

interface At {
  readonly reader: Reader;
  readonly path: ValuePath;
  readonly type: 'number' | 'text' | 'boolean';
}

function checkRising(values: readonly number[], at: At, shape: string): void {
  values.forEach((value, index) => {
    const before = values[index - 1];
    if (before === undefined || value > before) return;
    at.reader.wrong(
      [...at.path, shape, index],
      `${value} does not lie above ${before}: readings must rise from one to the next`,
    );
  });
}

function checkShape(written: WrittenCurve, at: At): void {
  const shapes = SHAPES.filter((shape) => written[shape] !== undefined);
  if (shapes.length !== 1)
    at.reader.wrong(
      at.path,
      `a curve has exactly one shape of ${SHAPES.join(', ')}; found ${shapes.join(' and ') || 'none'}`,
    );
  if (written.otherwise !== undefined && !written.table)
    at.reader.wrong([...at.path, 'otherwise'], '"otherwise" goes with "table" only');
  const categories = at.type !== 'number';
  if (written.table && !categories)
    at.reader.wrong(
      [...at.path, 'table'],
      'a table scores categories, and this reading is a number; use linear, piecewise or steps',
    );
  if (!written.table && categories && shapes.length === 1)
    at.reader.wrong(
      at.path,
      `this reading is a ${at.type === 'text' ? 'text' : 'true/false'}; only a table can score it`,
    );
}

function checkTable(scores: Readonly<Record<string, number>>, at: At): void {
  const path = [...at.path, 'table'];
  if (Object.keys(scores).length === 0) at.reader.wrong(path, 'the table is empty');
  if (at.type !== 'boolean') return;
  for (const category of Object.keys(scores))
    at.reader.name('category', category, ['true', 'false'], [...path, category]);
}

/** Checks one curve against the type of what it scores. */
export function checkCurve(written: WrittenCurve, at: At): Curve {
  checkShape(written, at);
  const { linear, piecewise, steps, table } = written;
  if (linear) {
    if (linear.from === linear.to)
      at.reader.wrong(
        [...at.path, 'linear'],
        `"from" and "to" are both ${linear.from}; a line needs two ends`,
      );
    return { shape: 'linear', ...linear };
  }
  if (piecewise) {
    checkRising(
      piecewise.map(([reading]) => reading),
      at,
      'piecewise',
    );
    return { shape: 'piecewise', points: piecewise };
  }
  if (steps) {
    checkRising(
      steps.map(({ upTo }) => upTo),
      at,
      'steps',
    );
    return { shape: 'steps', steps };
  }
  checkTable(table ?? { '': 0 }, at);
  return { shape: 'table', scores: table ?? {}, otherwise: written.otherwise ?? null };
}

export interface ConditionalCurve {
  readonly when: Condition | null;
  readonly curve: Curve;
}

/** Checks a list of curves: one without a condition makes those after it unreachable. */
export function checkCurves(
  written: readonly { readonly when?: string | undefined; readonly curve: WrittenCurve }[],
  at: At,
): readonly ConditionalCurve[] {
  return written.map(({ when, curve }, index) => {
    const path = [...at.path, index];
    if (when === undefined && index < written.length - 1)
      at.reader.wrong(path, 'this curve always holds, so the ones after it are never used');
    const condition = when === undefined ? null : at.reader.condition(when, [...path, 'when']).expression;
    return { when: condition, curve: checkCurve(curve, { ...at, path: [...path, 'curve'] }) };
  });
}
