import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from '../../../src/sandbox/csv/read-csv.js';

interface Read {
  readonly rows: string[][];
  readonly lines: number[];
  readonly broken: string[];
}

function read(pieces: readonly string[], delimiter = ','): Read {
  const result: Read = { rows: [], lines: [], broken: [] };
  const reader = readCsv(delimiter, {
    row: (cells, line) => {
      result.rows.push([...cells]);
      result.lines.push(line);
    },
    broken: (line, reason) => result.broken.push(`${line} ${reason}`),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return result;
}

function piecesOf(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
}

describe('the CSV reader', () => {
  it('gives back any table however it is cut into pieces', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ü', '"', ',', '\n', '\r\n', '😀', ' '),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, size, end) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end)
          .join('');
        expect(read(piecesOf(text, size)).rows).toEqual(rows);
      }),
    );
  });

  it('counts the lines that rows start on', () => {
    expect(read(['a,b\n"x\ny",1\n\nc,d']).lines).toEqual([1, 2, 5]);
  });

  it('goes on after a broken line', () => {
    const { rows, broken } = read(['a,b\n"x"y,1\nc,d\n"never,ends\ne,f\n']);
    expect(rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(broken).toEqual(['2 text after the closing quote of a value', '4 a quoted value never ends']);
  });

  it('drops a byte order mark', () => {
    expect(read(['\ufeffId,Name\n']).rows).toEqual([['Id', 'Name']]);
  });
});
