import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine, csvRows } from '../../../../src/adapters/crm/salesforce/csv.js';

async function read(pieces: readonly string[]): Promise<string[][]> {
  async function* arriving() {
    yield* pieces;
  }
  const rows: string[][] = [];
  for await (const some of csvRows(arriving())) rows.push(...some);
  return rows;
}

/** As Salesforce writes results: every cell quoted, rows end in a line feed. */
function written(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}

function cut(text: string, at: readonly number[]): string[] {
  const places = [...at.map((place) => place % (text.length + 1)), 0, text.length].sort((a, b) => a - b);
  return places.slice(1).map((place, index) => text.slice(places[index], place));
}

const cellText = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'ü', ' ', '\r', '漢') });

describe('csvRows', () => {
  it('reads the same rows however the text is cut', async () => {
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cellText, { minLength: width, maxLength: width }), { maxLength: 5 }),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(), { maxLength: 6 }), async (rows, cuts) => {
        const all = [(rows[0] ?? ['a', 'b']).map((_, index) => `Field${index}`), ...rows];
        expect(await read(cut(written(all), cuts))).toEqual(all);
      }),
    );
  });

  it('reads a single column, an empty result and a missing last line feed', async () => {
    expect(await read(['"Id"\n"1"\n', '"2"'])).toEqual([['Id'], ['1'], ['2']]);
    expect(await read(['"Id","Na', 'me"'])).toEqual([['Id', 'Name']]);
    expect(await read([])).toEqual([]);
  });

  it('reads cells without quotes', async () => {
    expect(await read(['sf__Id,sf__Error,Id\n001,CODE:text:--,001\n'])).toEqual([
      ['sf__Id', 'sf__Error', 'Id'],
      ['001', 'CODE:text:--', '001'],
    ]);
  });
});

describe('csvLine', () => {
  it('clears with #N/A and leaves what is not given', () => {
    expect(csvLine(['001', null, '', undefined, 4.5, true])).toBe('"001",#N/A,#N/A,,4.5,true\n');
  });

  it('is read back as written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          cellText.filter((text) => text !== ''),
          { minLength: 2, maxLength: 4 },
        ),
        async (cells) => {
          const header = cells.map((_, index) => `F${index}`);
          expect(await read([csvLine(header), csvLine(cells)])).toEqual([header, cells]);
        },
      ),
    );
  });
});
