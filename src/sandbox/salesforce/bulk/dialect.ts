import { ApiError } from '../api-error.js';

const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

/** How a job's CSV is written. */
export interface Dialect {
  readonly columnDelimiter: keyof typeof DELIMITERS;
  readonly lineEnding: keyof typeof LINE_ENDINGS;
}

export const PLAIN_CSV: Dialect = { columnDelimiter: 'COMMA', lineEnding: 'LF' };

export function delimiterOf(dialect: Dialect): string {
  return DELIMITERS[dialect.columnDelimiter];
}

export function lineEndOf(dialect: Dialect): string {
  return LINE_ENDINGS[dialect.lineEnding];
}

/** The dialect that a job asks for; comma and LF where it says nothing. */
export function dialectIn(body: Readonly<Record<string, unknown>>): Dialect {
  const { columnDelimiter = 'COMMA', lineEnding = 'LF', contentType = 'CSV' } = body;
  if (!isDelimiter(columnDelimiter))
    throw invalidJob(`columnDelimiter ${String(columnDelimiter)} is not supported`);
  if (!isLineEnding(lineEnding)) throw invalidJob(`lineEnding ${String(lineEnding)} is not supported`);
  if (String(contentType).toUpperCase() !== 'CSV') throw invalidJob('Only contentType CSV is supported');
  return { columnDelimiter, lineEnding };
}

function isDelimiter(name: unknown): name is Dialect['columnDelimiter'] {
  return typeof name === 'string' && Object.hasOwn(DELIMITERS, name);
}

function isLineEnding(name: unknown): name is Dialect['lineEnding'] {
  return typeof name === 'string' && Object.hasOwn(LINE_ENDINGS, name);
}

export function invalidJob(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}
