import { describe, expect, it } from '@jest/globals';
import pc from 'picocolors';
import { parseDay } from '../../../src/domain/day.js';
import { type OutlookQuestion, outlookOf, toldLoss } from '../../../src/domain/insight/outlook.js';
import { periodAt, quartersAhead } from '../../../src/domain/program/metrics/period.js';
import { saySheet } from '../../../src/entrypoints/cli/commands/say-outlook.js';

const TODAY = parseDay('2026-11-27') ?? Number.NaN;
const QUARTERS = ['2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3'];

function said(outcomes: OutlookQuestion['outcomes']): readonly string[] {
  const lines: string[] = [];
  const due = ['healthy', 'watch'].flatMap((band) =>
    QUARTERS.map((quarter) => ({
      quarter,
      tier: 'digital',
      band,
      accounts: 2,
      amount: 1_000,
      daysDerived: 1,
    })),
  );
  const accounts = ['healthy', 'watch'].map((band) => ({
    account: `001${band}`,
    name: band,
    quarter: '2026-Q4',
    renewalOn: TODAY + 3,
    dayDerived: false,
    tier: 'digital',
    band,
    amount: 500,
    loss: toldLoss(500, band, outcomes),
    driver: 'No points lost',
  }));
  const sheet = {
    ...outlookOf({ quarters: QUARTERS, due, outcomes, growth: { share: null, n: 0 } }),
    periods: quartersAhead(TODAY),
    growthPeriod: periodAt('quarter', TODAY, 0),
    passed: { accounts: 3, amount: 47_580 },
    accounts,
    lacks: [],
  };
  const to = { say: (line = '') => void lines.push(line), colors: pc.createColors(false) };
  saySheet(to, sheet, { day: TODAY, currency: 'USD', definition: '' });
  return lines;
}

const NONE = new Map([['healthy', { closed: 3, lost: 1 }]]);
const SOME = new Map([
  ['healthy', { closed: 40, lost: 10 }],
  ['watch', { closed: 3, lost: 1 }],
]);

describe('the outlook as text', () => {
  it('says from which day the running quarter is counted, and what has passed', () => {
    const lines = said(NONE);
    expect(lines).toContain('2026-Q4, from 27 Nov: 2,000 USD due from 4 accounts');
    expect(lines).toContain('2027-Q1: 2,000 USD due from 4 accounts');
    expect(lines.join('\n')).toContain('Passed and still open: 3 accounts with 47,580 USD');
    expect(lines.join('\n')).toContain('2 accounts have no renewal day of their own');
  });

  it('says once of each band that it knows too little, and by what the accounts are sorted', () => {
    const lines = said(NONE);
    expect(lines.filter((line) => /too little data, so|none was closed yet/.test(line))).toHaveLength(2);
    expect(lines.filter((line) => /too little/.test(line))).toHaveLength(2);
    expect(lines).toContain('Largest amount first (no expected loss can be told)');
    expect(said(SOME)).toContain(
      'Largest expected loss first; then those of whose band too little is known, by amount',
    );
  });

  it('tells no share where no renewal was ever recorded as won', () => {
    const lines = said(new Map([['healthy', { closed: 290, lost: 290 }]])).join('\n');
    expect(lines).toContain('No renewal was ever recorded as won: the share of losses is not told.');
    expect(lines).not.toMatch(/lost \(95 %|[Ee]xpected loss \d/);
  });
});
