import type { Value } from '../schema/types.js';
import { type Dialect, delimiterOf, lineEndOf } from './dialect.js';

/** Characters in one piece: large enough for the socket, small enough to be dropped at once. */
const PIECE = 1 << 17;

/** Every value is quoted; null cannot be told from empty text (facts: Bulk API 2.0 query results). */
function quoted(value: Value): string {
  if (value === null) return '""';
  if (typeof value !== 'string') return `"${value}"`;
  return value.includes('"') ? `"${value.replaceAll('"', '""')}"` : `"${value}"`;
}

/** CSV text of a header and rows, in pieces. */
export function* csvPieces(
  header: readonly string[],
  rows: Iterable<readonly Value[]>,
  dialect: Dialect,
): Generator<string> {
  const delimiter = delimiterOf(dialect);
  const end = lineEndOf(dialect);
  let piece = header.map(quoted).join(delimiter) + end;
  for (const row of rows) {
    let line = '';
    for (const value of row) line += line === '' ? quoted(value) : delimiter + quoted(value);
    piece += line + end;
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}
