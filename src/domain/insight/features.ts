import type { FactValue } from '../facts/fact.js';
import type { Outcomes } from './example.js';

/** Readings as numbers, row by row: what a model without any idea of health is given. */
export interface FeatureTable {
  readonly values: Float32Array;
  readonly columns: number;
}

/** Texts that are told apart in a column; further ones count as none of them. */
const MOST_TEXTS = 12;

/**
 * Every reading, the revenue and the org's own health field as columns: numbers as they are, flags as 0 and 1, a
 * column for each text. Unknown = NaN.
 */
export function featuresOf({ candidates, examples }: Outcomes): FeatureTable {
  const sources = [
    ...candidates.map((_, place) => examples.map(({ readings }) => readings[place] ?? null)),
    examples.map(({ revenue }) => revenue),
    examples.map(({ existing }) => existing),
  ];
  const columns = sources.flatMap(columnsOf);
  const values = new Float32Array(columns.length * examples.length);
  for (const [at, column] of columns.entries())
    for (const [row, value] of column.entries()) values[row * columns.length + at] = value;
  return { values, columns: columns.length };
}

function columnsOf(source: readonly FactValue[]): readonly (readonly number[])[] {
  const texts = source.filter((value) => typeof value === 'string');
  if (texts.length === 0)
    return source.every((value) => value === null) ? [] : [source.map((value) => numeric(value))];
  const counts = Map.groupBy(texts, (text) => text);
  const most = [...counts].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return most
    .slice(0, MOST_TEXTS)
    .map(([text]) => source.map((value) => (value === null ? Number.NaN : Number(value === text))));
}

function numeric(value: FactValue): number {
  return value === null ? Number.NaN : Number(value);
}
