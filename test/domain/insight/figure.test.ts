import { describe, expect, it } from '@jest/globals';
import { figureOfRecord } from '../../../src/domain/insight/figure.js';
import { METRICS } from '../../../src/domain/program/metric-ids.js';
import { stretchOf } from '../../../src/domain/program/metric-stretch.js';
import { type AccountDraft, day, recordAt, recordsOf } from '../program/metrics/builders.js';

const stays = (score: number): AccountDraft => ({
  account: { customerSince: day('2020-01-01') },
  standing: { score },
});
const figures = (count: number) => {
  const records = recordsOf({
    accounts: Array.from({ length: count }, (_, nth) => stays(nth % 2 === 0 ? 70 : 90)),
  });
  return (['health', 'churn', 'accounts'] as const).map((metric) => {
    const record = recordAt(records, metric);
    return record === undefined ? null : figureOfRecord(record);
  });
};

describe('a number of the program as a figure', () => {
  it('is marked where it rests on under thirty cases, and keeps its verdict; a count never is', () => {
    const [health, churn, accounts] = figures(29);
    expect([health?.few, churn?.few, accounts?.few]).toEqual([true, true, false]);
    expect(health).toMatchObject({ met: 'met', direction: 'at least', n: 29 });
    expect(figures(30).map((figure) => figure?.few)).toEqual([false, false, false]);
  });

  it('says what it looks back over, where that is not its period', () => {
    const [health, churn] = figures(29);
    expect([health?.span, health?.period]).toEqual(['2026-11', '2026-11']);
    expect([churn?.span, churn?.period]).toEqual(['12 months to 26 Nov 2026', '2026-11']);
  });

  it('knows the stretch of every definition that names one', () => {
    const named = METRICS.filter(({ definition }) => /\d+ (months|days) (up to|before)/.test(definition));
    expect(named.filter((metric) => stretchOf(metric) === null)).toEqual([]);
    expect(named.length).toBeGreaterThan(30);
  });
});
