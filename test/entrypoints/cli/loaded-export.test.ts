import { describe, expect, it } from '@jest/globals';
import { loadedExport, remarksOn } from '../../../src/entrypoints/cli/loaded-export.js';

const DAY = 86_400_000;
const newestOn = (day: number) => ({ refused: [], undated: [], newest: day * DAY + 5_000 });

describe('A loaded export', () => {
  it('says that the days after the cut-off reach beyond its newest row', () => {
    const flags = { asOf: 20_000, days: 90 };
    const short = loadedExport(newestOn(20_089), flags);
    expect(short.windowOver).toBe(false);
    expect(remarksOn(short, flags)).toEqual([expect.stringContaining('less than 90 days after the cut-off')]);
    const long = loadedExport(newestOn(20_090), flags);
    expect([long.windowOver, remarksOn(long, flags)]).toEqual([true, []]);
  });

  it('can say nothing of its end where no row is dated', () => {
    const found = loadedExport({ refused: [], undated: [], newest: null }, { asOf: 20_000, days: 90 });
    expect(found).toEqual({ refused: 0, undated: {}, newest: null, windowOver: null });
  });
});
