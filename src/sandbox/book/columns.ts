import { normalId } from '../salesforce/ids.js';
import type { Value } from '../salesforce/schema/types.js';
import { instantIn, type Shape } from './value-shapes.js';

/** All values of one field, packed. */
export interface ColumnValues {
  readonly add: (text: string) => void;
  readonly at: (row: number) => Value;
}

/** Numbers in a growing typed array; NaN = null. */
class Numbers {
  #values = new Float64Array(1024);
  #size = 0;

  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Float64Array(this.#size * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size] = value;
    this.#size += 1;
  }

  at(row: number): number {
    return this.#values[row] ?? Number.NaN;
  }
}

function packed(parse: (text: string) => number, format: (value: number) => Value): ColumnValues {
  const numbers = new Numbers();
  return {
    add: (text) => numbers.add(text === '' ? Number.NaN : parse(text)),
    at: (row) => {
      const value = numbers.at(row);
      return Number.isNaN(value) ? null : format(value);
    },
  };
}

/** Texts; equal ones are kept once. */
function texts(parse: (text: string) => string): ColumnValues {
  const numbers = new Numbers();
  const known = new Map<string, number>();
  const list: string[] = [];
  const codeOf = (text: string): number => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    // A slice of a file's text keeps the whole piece alive; a copy does not.
    const copy = Buffer.from(text).toString();
    list.push(copy);
    known.set(copy, list.length - 1);
    return list.length - 1;
  };
  return {
    add: (text) => numbers.add(text === '' ? Number.NaN : codeOf(parse(text))),
    at: (row) => list[numbers.at(row)] ?? null,
  };
}

/** An empty column for values of this shape. */
export function columnOf(shape: Shape): ColumnValues {
  switch (shape) {
    case 'boolean':
      return packed(
        (text) => (text.toLowerCase() === 'true' ? 1 : 0),
        (value) => value === 1,
      );
    case 'number':
      return packed(Number, (value) => value);
    case 'date':
      return packed(Date.parse, (value) => new Date(value).toISOString().slice(0, 10));
    case 'datetime':
      return packed(
        (text) => Math.floor(instantIn(text) / 1000) * 1000,
        (value) => new Date(value).toISOString(),
      );
    case 'id':
      return texts(normalId);
    default:
      return texts((text) => text);
  }
}
