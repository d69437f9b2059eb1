import type { CrmValue } from '../../../ports/crm.js';

/**
 * Rows of a CSV text that arrives in pieces of any size, the header first. Own code, because
 * udsv 0.7.3 loses rows of a one-column text that arrives in two pieces (seen 2026-11).
 */
export async function* csvRows(chunks: AsyncIterable<string>): AsyncIterable<readonly string[][]> {
  let carried = '';
  for await (const chunk of chunks) {
    const { rows, rest } = wholeRows(carried + chunk);
    carried = rest;
    if (rows.length > 0) yield rows;
  }
  const last = wholeRows(carried === '' ? '' : `${carried}\n`).rows;
  if (last.length > 0) yield last;
}

function wholeRows(text: string): { readonly rows: string[][]; readonly rest: string } {
  const rows: string[][] = [];
  let start = 0;
  for (;;) {
    const found = rowAt(text, start);
    if (found === null) return { rows, rest: text.slice(start) };
    rows.push(found.row);
    start = found.end;
  }
}

/** The row that starts here and where the next one does; null when it has not arrived whole. */
function rowAt(text: string, start: number): { readonly row: string[]; readonly end: number } | null {
  const row: string[] = [];
  let at = start;
  for (;;) {
    const end = text.charAt(at) === '"' ? afterQuoted(text, at) : afterPlain(text, at);
    if (end === null) return null;
    row.push(cellText(text.slice(at, end)));
    const next = text.startsWith('\r\n', end) ? end + 1 : end;
    if (text.charAt(next) === '\n') return { row, end: next + 1 };
    at = next + 1;
  }
}

/** Where a quoted cell ends: behind the first quote that is not doubled. */
function afterQuoted(text: string, start: number): number | null {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  const next = text.charAt(at + 1);
  const arrived = at >= 0 && next !== '' && (next !== '\r' || at + 2 < text.length);
  return arrived ? at + 1 : null;
}

function afterPlain(text: string, start: number): number | null {
  const line = text.indexOf('\n', start);
  if (line < 0) return null;
  const comma = text.indexOf(',', start);
  if (comma >= 0 && comma < line) return comma;
  return text.charAt(line - 1) === '\r' && line > start ? line - 1 : line;
}

function cellText(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  const inner = raw.slice(1, -1);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}

/** One line of an upload. Null clears the field; an empty cell would leave it as it is. */
export function csvLine(cells: readonly (CrmValue | undefined)[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

function cell(value: CrmValue | undefined): string {
  if (value === undefined) return '';
  if (value === null || value === '') return '#N/A';
  return typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value);
}
