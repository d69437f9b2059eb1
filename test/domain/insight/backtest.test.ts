import { describe, expect, it } from '@jest/globals';
import { backtest } from '../../../src/domain/insight/backtest.js';
import { isEnough } from '../../../src/domain/insight/enough.js';
import type { Example, Outcomes } from '../../../src/domain/insight/example.js';
import { lostWhileHealthy } from '../../../src/domain/insight/missed.js';
import { aCandidate, anExample, aSignalCandidate, numbers } from './examples.js';

/** A book whose losses follow a flag that the score does not read, and a little what it does read. */
function aBook(size: number): Outcomes {
  const next = numbers(11);
  const examples = Array.from({ length: size }, (_, at): Example => {
    const [use, silent] = [Math.round(next() * 100), next() < 0.3];
    const lost = next() < (silent ? 0.7 : 0.1) + (100 - use) / 300;
    return anExample({
      account: `A${at}`,
      name: `Customer ${String(at).padStart(4, '0')}`,
      lost,
      score: use * 100,
      band: use >= 70 ? 'healthy' : use >= 40 ? 'watch' : 'risk',
      segment: at % 3 === 0 ? 'north' : 'south',
      amount: at,
      existing: silent ? 'red' : 'green',
      readings: [use, silent],
      scores: [use * 100, null],
    });
  });
  return { candidates: [aSignalCandidate('adoption.use'), aCandidate('custom.silent')], examples };
}

function reportOn(outcomes: Outcomes) {
  const silence = outcomes.examples.map(({ readings }) => (readings[1] === true ? 0.7 : 0.1));
  return backtest(outcomes, {
    suggested: silence.map((chance) => Math.round((1 - chance) * 10_000)),
    ceiling: silence,
    little: new Set(['custom.silent']),
  });
}

describe('A backtest', () => {
  const report = reportOn(aBook(600));

  it('puts the score beside all that could have told, each with its interval', () => {
    const { default: score, suggested, ceiling, bestSignal, existing } = report.models;
    expect(score?.low).toBeGreaterThan(0.5);
    for (const better of [suggested, ceiling, bestSignal, existing])
      expect(better?.auc).toBeGreaterThan((score?.auc ?? 1) + 0.1);
    expect(report.bestSignalId).toBe('custom.silent');
    expect(report.verdict).toMatchObject({ kind: 'separates', gapSpansZero: false });
    expect(report.gaps.existingToDefault?.high).toBeLessThan(0);
  });

  it('knows no health field of the org where there is none', () => {
    const book = aBook(200);
    const without = { ...book, examples: book.examples.map((one) => ({ ...one, existing: null })) };
    expect(reportOn(without).models.existing).toBeNull();
    expect(reportOn(without).gaps.existingToDefault).toBeNull();
  });

  it('counts every outcome once in the bands, and tells each rate with its interval', () => {
    expect(report.bands.map(({ band }) => band)).toEqual(['healthy', 'watch', 'risk']);
    expect(report.bands.reduce((sum, { n }) => sum + n, 0)).toBe(600);
    for (const { rate, low, high, lost, n } of report.bands) {
      expect(rate).toBe(lost / n);
      expect(low).toBeLessThan(rate ?? Number.NaN);
      expect(high).toBeGreaterThan(rate ?? Number.NaN);
    }
  });

  it('names who was lost while healthy, the largest first, with what stood in a bad place', () => {
    const { lostWhileHealthy, lostWhileHealthyCount } = report;
    expect(lostWhileHealthy.length).toBe(Math.min(20, lostWhileHealthyCount));
    const amounts = lostWhileHealthy.map(({ amount }) => amount ?? -1);
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    const silent = lostWhileHealthy.filter(({ missed }) => missed.length > 0);
    expect(silent.length).toBeGreaterThan(lostWhileHealthy.length / 2);
    for (const { missed } of silent) expect(missed).toMatchObject([{ id: 'custom.silent', value: true }]);
    for (const { missed } of silent) expect(missed[0]?.worseThan).toBeGreaterThan(0.5);
  });

  it('names no reading that only noise speaks for, however many kinds of it there are', () => {
    const next = numbers(12);
    const book = aBook(300);
    const kinds = book.examples.map((one) => ({
      ...one,
      readings: [one.readings[0] ?? null, `kind ${Math.floor(next() * 40)}`],
    }));
    const { lostWhileHealthy } = reportOn({ ...book, examples: kinds });
    expect(lostWhileHealthy.length).toBeGreaterThan(5);
    expect(lostWhileHealthy.flatMap(({ missed }) => missed)).toEqual([]);
  });

  it('names no reading that is the luckiest of many that say nothing', () => {
    const next = numbers(4);
    const book = aBook(150);
    const tried = Array.from({ length: 150 }, (_, nth) => aCandidate(`noise ${nth}`));
    const examples = book.examples.map((one) => ({ ...one, readings: tried.map(() => next()) }));
    const ids = new Set(tried.map(({ id }) => id));
    const { all, listed } = lostWhileHealthy({ candidates: tried, examples }, ids);
    expect(all).toBeGreaterThan(3);
    expect(listed.flatMap(({ missed }) => missed)).toEqual([]);
  });

  it('tells no rate of a band that holds under 30 outcomes', () => {
    const { bands } = reportOn(aBook(60));
    const small = bands.filter(({ n }) => n < 30);
    expect(small.length).toBeGreaterThan(0);
    for (const band of small) expect(band).toMatchObject({ rate: null, low: null, high: null });
  });

  it('tells segments that are large enough, and of the others only how many there are', () => {
    expect(report.segments.map(({ name, n }) => [name, n])).toEqual([
      ['south', 400],
      ['north', 200],
    ]);
    const small = reportOn(aBook(60));
    expect(small.segments).toMatchObject([{ name: 'south' }, { name: 'north', n: 20, auc: null }]);
  });

  it('has enough with 30 outcomes of which 5 are of either kind, and not before', () => {
    const of = (lost: number, kept: number) =>
      Array.from({ length: lost + kept }, (_, at) => ({ lost: at < lost }));
    expect(isEnough(of(5, 25))).toBe(true);
    expect(isEnough(of(4, 40))).toBe(false);
    expect(isEnough(of(40, 4))).toBe(false);
    expect(isEnough(of(10, 19))).toBe(false);
  });
});
