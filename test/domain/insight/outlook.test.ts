import { describe, expect, it } from '@jest/globals';
import { bandLoss, lossesTogether } from '../../../src/domain/insight/band-loss.js';
import { wilson } from '../../../src/domain/insight/intervals.js';
import { type OutlookQuestion, outlookOf } from '../../../src/domain/insight/outlook.js';

const OUTCOMES = new Map([
  ['risk', { closed: 40, lost: 10 }],
  ['healthy', { closed: 100, lost: 5 }],
  ['watch', { closed: 29, lost: 3 }],
]);

function asked(change: Partial<OutlookQuestion> = {}): OutlookQuestion {
  return {
    quarters: ['2026-Q4', '2027-Q1'],
    due: [
      { quarter: '2026-Q4', tier: 'digital', band: 'risk', accounts: 4, amount: 1_000, daysDerived: 2 },
      { quarter: '2026-Q4', tier: 'hybrid', band: 'risk', accounts: 1, amount: 3_000, daysDerived: 0 },
      { quarter: '2026-Q4', tier: 'hybrid', band: 'healthy', accounts: 2, amount: 6_000, daysDerived: 1 },
      { quarter: '2026-Q4', tier: 'digital', band: 'watch', accounts: 1, amount: 500, daysDerived: 0 },
    ],
    outcomes: OUTCOMES,
    growth: { share: 0.1, n: 60 },
    ...change,
  };
}

describe('the loss of a band', () => {
  it('is what is due times the share that was lost, between the ends of the share’s interval', () => {
    const { low, high } = wilson(10, 40);
    expect(bandLoss(4_000, 'risk', OUTCOMES)).toMatchObject({
      loss: { value: 1_000, low: Math.round(low * 400_000) / 100, high: Math.round(high * 400_000) / 100 },
      enough: true,
    });
    expect(bandLoss(4_000, 'watch', OUTCOMES).enough).toBe(false);
    expect(bandLoss(4_000, 'unknown', OUTCOMES).loss).toBeNull();
  });

  it('is not told where no renewal was ever recorded as won: those who stay are then not recorded', () => {
    const onlyLost = new Map([
      ['healthy', { closed: 290, lost: 290 }],
      ['risk', { closed: 4, lost: 4 }],
    ]);
    expect(bandLoss(4_000, 'healthy', onlyLost)).toMatchObject({ loss: null, enough: false });
    expect(outlookOf(asked({ outcomes: onlyLost }))).toMatchObject({ onlyLossesRecorded: true });
    for (const { churn } of outlookOf(asked({ outcomes: onlyLost })).bands) expect(churn).toBeNull();
    // One that was won anywhere shows that who stays is recorded: then a band may lose them all.
    const won = new Map([...onlyLost, ['watch', { closed: 1, lost: 0 }]]);
    expect(bandLoss(4_000, 'healthy', won)).toMatchObject({ loss: { value: 4_000 }, enough: true });
    expect(outlookOf(asked()).onlyLossesRecorded).toBe(false);
  });

  it('of several bands lies closer together than the sum of their ends', () => {
    const parts = [
      { value: 100, low: 60, high: 150 },
      { value: 50, low: 20, high: 90 },
    ];
    expect(lossesTogether(parts)).toEqual({ value: 150, low: 100, high: 214.03 });
    expect(lossesTogether(parts.slice(0, 1))).toEqual(parts[0]);
  });
});

describe('the outlook', () => {
  it('adds up what is due in a quarter, and leaves out bands with too few outcomes, by name', () => {
    const [now, next] = outlookOf(asked()).quarters;
    expect(now).toMatchObject({
      accounts: 8,
      amount: 10_500,
      daysDerived: 3,
      leftOut: [{ band: 'watch', accounts: 1, amount: 500 }],
    });
    expect(now?.loss?.value).toBe(1_300);
    expect(now?.parts.map(({ loss }) => loss?.value ?? null)).toEqual([250, 750, 300, null]);
    expect(next).toMatchObject({ accounts: 0, amount: 0, loss: null, netRetention: null, parts: [] });
  });

  it('has a net retention of what stays and what is added, over the bands that can be told', () => {
    const retention = outlookOf(asked()).quarters[0]?.netRetention;
    expect(retention?.value).toBeCloseTo(1 - 1_300 / 10_000 + 0.1, 10);
    expect(retention?.low).toBeLessThan(retention?.value ?? 0);
    expect(outlookOf(asked({ growth: { share: 0.1, n: 29 } })).quarters[0]?.netRetention).toBeNull();
    expect(outlookOf(asked({ growth: { share: null, n: 0 } })).quarters[0]?.netRetention).toBeNull();
  });

  it('tells how many of each band were lost, and no share of fewer than thirty', () => {
    const bands = outlookOf(asked()).bands.map(({ band, closed, churn }) => [
      band,
      closed,
      churn?.value ?? null,
    ]);
    expect(bands).toEqual([
      ['healthy', 100, 0.05],
      ['risk', 40, 0.25],
      ['watch', 29, null],
    ]);
  });
});
