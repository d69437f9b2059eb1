import { StringDecoder } from 'node:string_decoder';
import { readCsv } from '../../../csv/read-csv.js';
import { type Dialect, delimiterOf } from '../dialect.js';

const PIECE = 1 << 18;

/** Rows of an upload, one after the other, header first; stops with a text where the CSV is broken. */
export function* uploadedRows(
  content: Buffer,
  dialect: Dialect,
): Generator<readonly string[], string | null> {
  let ready: (readonly string[])[] = [];
  let fault: string | null = null;
  const reader = readCsv(delimiterOf(dialect), {
    row: (cells) => ready.push(cells),
    broken: (line, reason) => {
      fault ??= `line ${line}: ${reason}`;
    },
  });
  const decoder = new StringDecoder('utf8');
  for (let at = 0; at < content.length && fault === null; at += PIECE) {
    reader.push(decoder.write(content.subarray(at, at + PIECE)));
    const rows = ready;
    ready = [];
    yield* rows;
  }
  if (fault === null) reader.end();
  yield* ready;
  return fault;
}

export interface Upload {
  /** Column names as sent. */
  readonly header: readonly string[];
  readonly rows: number;
}

/** Looks an upload through before anything is written: its header, its size, or what is wrong with it as a whole. */
export function inspectUpload(content: Buffer, dialect: Dialect): Upload | string {
  const wrongEnd = lineEndFault(content, dialect);
  if (wrongEnd !== null) return wrongEnd;
  const rows = uploadedRows(content, dialect);
  const first = rows.next();
  const header = first.done === true ? [] : first.value;
  let count = 0;
  for (let row = rows.next(); ; row = rows.next()) {
    if (row.done === true)
      return row.value === null ? { header, rows: count } : `Error parsing CSV, ${row.value}`;
    count += 1;
    if (row.value.length !== header.length)
      return `Error parsing CSV, row ${count} has ${row.value.length} values for ${header.length} columns`;
  }
}

/** The header line must end as the job said. */
function lineEndFault(content: Buffer, dialect: Dialect): string | null {
  const end = content.indexOf(10);
  if (end < 0) return null;
  const found = content[end - 1] === 13 ? 'CRLF' : 'LF';
  const { lineEnding } = dialect;
  return found === lineEnding
    ? null
    : `LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`;
}
