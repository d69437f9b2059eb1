const QUOTE = 34;
const LF = 10;
const CR = 13;

/** What reading one row from a text came to. */
export type RowRead =
  | { readonly kind: 'row'; readonly cells: readonly string[]; readonly next: number }
  /** The text ends inside the row. */
  | { readonly kind: 'open' }
  /** The row breaks the rules of CSV. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface RowText {
  readonly text: string;
  /** No more text will come. */
  readonly complete: boolean;
  readonly delimiter: string;
}

const OPEN: RowRead = { kind: 'open' };

/** Reads the row that starts at `from`: RFC 4180, strictly; quoted values may hold delimiters, quotes and line ends. */
export function readRow(source: RowText, from: number): RowRead {
  const { text, complete } = source;
  const delimiter = source.delimiter.charCodeAt(0);
  const cells: string[] = [];
  for (let at = from; ; ) {
    const end = text.charCodeAt(at) === QUOTE ? quotedEnd(source, at) : plainEnd(text, at, delimiter);
    if (end === INSIDE) return complete ? { kind: 'broken', reason: 'a quoted value never ends' } : OPEN;
    if (end === STRAY)
      return { kind: 'broken', reason: 'a quote inside a value that does not start with one' };
    if (end >= text.length && !complete) return OPEN;
    cells.push(cellOf(text, at, end));
    const after = text.charCodeAt(end);
    if (end >= text.length) return { kind: 'row', cells, next: text.length };
    if (after === LF) return { kind: 'row', cells, next: end + 1 };
    if (after === CR) {
      if (end + 1 >= text.length && !complete) return OPEN;
      return { kind: 'row', cells, next: end + (text.charCodeAt(end + 1) === LF ? 2 : 1) };
    }
    if (after !== delimiter) return { kind: 'broken', reason: 'text after the closing quote of a value' };
    at = end + 1;
  }
}

const INSIDE = -1;
const STRAY = -2;

/** Position after the closing quote of the value that opens at `at`. */
function quotedEnd({ text, complete }: RowText, at: number): number {
  for (let close = text.indexOf('"', at + 1); close >= 0; close = text.indexOf('"', close + 2)) {
    if (close + 1 >= text.length && !complete) return INSIDE;
    if (text.charCodeAt(close + 1) !== QUOTE) return close + 1;
  }
  return INSIDE;
}

function plainEnd(text: string, at: number, delimiter: number): number {
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === LF || code === CR) return end;
    if (code === QUOTE) return STRAY;
  }
  return text.length;
}

function cellOf(text: string, at: number, end: number): string {
  if (text.charCodeAt(at) !== QUOTE) return text.slice(at, end);
  const inner = text.slice(at + 1, end - 1);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}
