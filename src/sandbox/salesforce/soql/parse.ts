import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../api-error.js';

/** Characters of a whole query (facts §3). */
const LONGEST_QUERY = 100_000;

/** The syntax tree of a query, or ApiError MALFORMED_QUERY that points at the place. */
export function parseSoql(text: string): Query {
  if (text.trim() === '') {
    throw malformed('A query string has to be specified');
  }
  if (text.length > LONGEST_QUERY) {
    throw new ApiError(
      400,
      'QUERY_TOO_COMPLICATED',
      'Query is either selecting too many fields or the filter conditions are too complicated.',
    );
  }
  try {
    // No options: each call with options builds the whole parser anew (0.2 s, seen 2026-11 in 6.3.1).
    return parseQuery(text);
  } catch (error) {
    throw malformed(pointAt(text, error instanceof Error ? error.message : String(error)));
  }
}

export function malformed(message: string): ApiError {
  return new ApiError(400, 'MALFORMED_QUERY', message);
}

/** The platform's form: a piece of the query, a caret, the place, the reason. */
function pointAt(text: string, reason: string): string {
  const found = /found: -->\s*'?(.*?)'?\s*<--|but found: '?(.*?)'?$/s.exec(reason);
  const token = found?.[1] ?? found?.[2] ?? '';
  const at = token === '' ? text.length : Math.max(0, text.lastIndexOf(token));
  const piece = text.slice(Math.max(0, at - 40), at + 20);
  const caret = `${' '.repeat(Math.min(at, 40))}^`;
  const what = token === '' ? '<EOF>' : token;
  return `\n${piece}\n${caret}\nERROR at Row:1:Column:${at + 1}\nunexpected token: '${what}'`;
}
