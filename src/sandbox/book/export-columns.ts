import type { FieldDefinition } from '../salesforce/schema/types.js';
import { fits, SHAPES, type Shape } from './value-shapes.js';

const MANY = 31;
/** After so many misfits a shape is given up. */
const HOPELESS = 1_000;
const STANDARD_SHAPES: Readonly<Record<string, Shape>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
};

/** What the values of one column of a file have in common. */
export interface ColumnSurvey {
  readonly name: string;
  /** The field that the platform itself has under this name, or null. */
  readonly standard: FieldDefinition | null;
  readonly shape: Shape;
  readonly filled: number;
  readonly longest: number;
  readonly decimals: number;
  /** The different values while there are few; null above 30. */
  readonly few: readonly string[] | null;
  readonly unique: boolean;
  /** Key prefixes of the ids in it. */
  readonly prefixes: readonly string[];
  /** Where a column that is nearly of a narrower shape breaks it. */
  readonly nearly: { readonly shape: Shape; readonly line: number; readonly misfits: number } | null;
}

export interface ColumnSurveyor {
  readonly see: (text: string, line: number) => void;
  readonly result: () => ColumnSurvey;
}

function shapeOfField(field: FieldDefinition): Shape {
  return STANDARD_SHAPES[field.type] ?? 'text';
}

/** Watches one column go by. */
export function surveyColumn(name: string, standard: FieldDefinition | null): ColumnSurveyor {
  const misfits = new Map<Shape, { count: number; line: number }>();
  const values = new Set<string>();
  const prefixes = new Set<string>();
  let filled = 0;
  let longest = 0;
  let decimals = 0;
  let repeated = false;
  let open: readonly Shape[] = standard === null ? SHAPES : [];
  const watch = (text: string, line: number): void => {
    filled += 1;
    if (text.length > longest) longest = text.length;
    for (const shape of open) {
      if (fits(shape, text)) continue;
      const known = misfits.get(shape) ?? { count: 0, line };
      misfits.set(shape, { count: known.count + 1, line: known.line });
      if (known.count >= HOPELESS) open = open.filter((other) => other !== shape);
    }
    const point = text.indexOf('.');
    if (point >= 0 && text.length - point - 1 > decimals) decimals = text.length - point - 1;
    if (prefixes.size < 8) prefixes.add(text.slice(0, 3));
    repeated = repeated || values.has(text);
    if (values.size < MANY || !repeated) values.add(text);
  };
  const shapeOf = (): Shape =>
    standard === null
      ? ((filled > 0 ? SHAPES.find((shape) => !misfits.has(shape)) : undefined) ?? 'text')
      : shapeOfField(standard);
  return {
    see: (text, line) => {
      if (text !== '') watch(text, line);
    },
    result: () => ({
      name,
      standard,
      shape: shapeOf(),
      filled,
      longest,
      decimals,
      few: values.size < MANY ? [...values].sort() : null,
      unique: !repeated && filled > 0,
      prefixes: [...prefixes],
      nearly: standard === null && shapeOf() === 'text' ? nearMiss(misfits, filled) : null,
    }),
  };
}

/** A narrower shape that nine of ten values have. */
function nearMiss(
  misfits: ReadonlyMap<Shape, { readonly count: number; readonly line: number }>,
  filled: number,
): ColumnSurvey['nearly'] {
  for (const [shape, { count, line }] of misfits) {
    if (shape !== 'text' && count <= HOPELESS && count * 10 <= filled) return { shape, line, misfits: count };
  }
  return null;
}
