import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CODES, REFUSAL_CODES, type RefusalCode } from '../../src/domain/engagement/codes.js';

const PAGE = join(import.meta.dirname, '../../docs/refusals.md');

interface Row {
  readonly code: string;
  readonly ignorable: boolean;
  readonly ends: string;
  readonly meaning: string;
  readonly advice: string;
}

/** Rows of the table, as `| code | ends | meaning | advice |`. */
function rowsOf(page: string): readonly Row[] {
  return page.split('\n').flatMap((line) => {
    const [, first = '', ends = '', meaning = '', advice = ''] = line.split('|').map((cell) => cell.trim());
    const code = /^`([^`]+)`( °)?$/.exec(first);
    return code === null
      ? []
      : [{ code: code[1] ?? '', ignorable: code[2] !== undefined, ends, meaning, advice }];
  });
}

const rows = rowsOf(readFileSync(PAGE, 'utf8'));

/** What the first word of the "ends" column must be; `either` may begin with both. */
const BEGINNINGS = {
  final: /^final\b/,
  deferred: /^put off\b/,
  either: /^(final|put off)\b/,
} as const satisfies Record<(typeof CODES)[RefusalCode]['ends'], RegExp>;

describe('docs/refusals.md', () => {
  it('has one row for every code and no other, in the order in which they are asked', () => {
    expect(rows.map(({ code }) => code)).toEqual(REFUSAL_CODES);
  });

  it.each(REFUSAL_CODES)('says of %s what it means, how it ends, and what to do', (code) => {
    const row = rows.find((one) => one.code === code);
    expect(row?.meaning).not.toBe('');
    expect(row?.advice).not.toBe('');
    expect(row?.ends).toMatch(BEGINNINGS[CODES[code].ends]);
    expect(row?.ignorable).toBe(CODES[code].ignorable);
  });
});
