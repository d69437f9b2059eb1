import type { Row, Value } from '../schema/types.js';
import { compareValues } from './compare.js';
import type { Operand } from './functions.js';

/** One aggregate function over the rows of one group. */
export interface Accumulator {
  readonly add: (row: Row) => void;
  readonly result: () => Value;
}

/** Which keys count in each grouping: all of them; ROLLUP drops from the end; CUBE drops each way. */
export function groupingSets(kind: string, keys: number): readonly (readonly boolean[])[] {
  const all = Array<boolean>(keys).fill(true);
  if (kind === 'ROLLUP') {
    return Array.from({ length: keys + 1 }, (_, dropped) => all.map((_one, at) => at < keys - dropped));
  }
  if (kind === 'CUBE') {
    return Array.from({ length: 2 ** keys }, (_, bits) => all.map((_one, at) => (bits & (1 << at)) === 0));
  }
  return [all];
}

export function accumulator(name: string, field: Operand | null): Accumulator {
  const read = field?.read ?? ((): Value => 1);
  const values = { count: 0, sum: 0, best: null as Value, seen: new Set<Value>() };
  const better = name === 'MIN' ? -1 : 1;
  return {
    add: (row) => {
      const value = read(row);
      if (value === null) {
        return;
      }
      values.count += 1;
      values.sum += typeof value === 'number' ? value : 0;
      if (name === 'COUNT_DISTINCT') {
        values.seen.add(
          typeof value === 'string' && field?.type !== 'id' && field?.type !== 'reference'
            ? value.toLowerCase()
            : value,
        );
      } else if (values.best === null || compareValues(value, values.best) === better) {
        values.best = value;
      }
    },
    result: () => resultOf(name, values),
  };
}

interface Tally {
  readonly count: number;
  readonly sum: number;
  readonly best: Value;
  readonly seen: ReadonlySet<Value>;
}

function resultOf(name: string, { count, sum, best, seen }: Tally): Value {
  switch (name) {
    case 'COUNT':
      return count;
    case 'COUNT_DISTINCT':
      return seen.size;
    case 'SUM':
      return count === 0 ? null : sum;
    case 'AVG':
      return count === 0 ? null : sum / count;
    default:
      return best;
  }
}
