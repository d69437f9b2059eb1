import { readRow } from './read-row.js';

export interface CsvListener {
  /** One row with the number of the line it starts on (1-based). Blank lines are passed over. */
  readonly row: (cells: readonly string[], line: number) => void;
  /** A line that is no CSV; reading goes on with the line after it. */
  readonly broken: (line: number, reason: string) => void;
}

/** Takes CSV text piece by piece; nothing but the row at hand is kept. */
export interface CsvReader {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

/** A quoted value that runs on for longer than this has lost its closing quote. */
const LONGEST_ROW = 4_000_000;

export function readCsv(delimiter: string, listener: CsvListener): CsvReader {
  let rest = '';
  let line = 1;
  let begun = false;
  const read = (complete: boolean): void => {
    let at = 0;
    while (at < rest.length) {
      const result = readRow(
        { text: rest, complete: complete || rest.length - at > LONGEST_ROW, delimiter },
        at,
      );
      if (result.kind === 'open') break;
      if (result.kind === 'broken') listener.broken(line, result.reason);
      else if (result.cells.length > 1 || result.cells[0] !== '') listener.row(result.cells, line);
      const next = result.kind === 'broken' ? lineAfter(rest, at) : result.next;
      line += linesIn(rest, at, next);
      at = next;
    }
    rest = rest.slice(at);
  };
  return {
    push: (text) => {
      // A byte order mark is no part of the first name.
      rest += begun || text.charCodeAt(0) !== 0xfeff ? text : text.slice(1);
      begun = begun || text !== '';
      read(false);
    },
    end: () => read(true),
  };
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
