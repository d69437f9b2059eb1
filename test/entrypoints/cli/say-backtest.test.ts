import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { backtest } from '../../../src/domain/insight/backtest.js';
import type { Example } from '../../../src/domain/insight/example.js';
import { sayBacktest } from '../../../src/entrypoints/cli/say-backtest.js';
import { terminal } from '../../../src/entrypoints/cli/terminal.js';
import { anExample, aSignalCandidate, numbers } from '../../domain/insight/examples.js';

/** 300 outcomes; every tenth has no score and a band by a guard. Some are lost while healthy. */
function said(fitted = true): string {
  const next = numbers(9);
  const examples = Array.from({ length: 300 }, (_, at): Example => {
    const use = Math.round(next() * 100);
    const known = { score: use * 100, band: use >= 70 ? ('healthy' as const) : ('watch' as const) };
    const scored = at % 10 === 0 ? { score: null, band: 'risk' as const } : known;
    return anExample({
      account: `A${at}`,
      lost: next() < 0.3,
      readings: [use],
      scores: [use * 100],
      ...scored,
    });
  });
  const outcomes = { candidates: [aSignalCandidate('adoption.use')], examples };
  const suggested = examples.map(({ scores }) => scores[0] ?? 0);
  const ceiling = fitted ? suggested.map((score) => 1 - score / 10_000) : null;
  const report = backtest(outcomes, { suggested, ceiling, little: new Set() });
  const out = new PassThrough();
  const screen = terminal({ json: false, plain: true, out, err: new PassThrough() });
  const leftOut = { churnedWithoutDay: 27, hadLeft: 3 };
  sayBacktest(screen, {
    outcomes: { kind: 'churn', days: 90, asOf: 20_000, leftOut },
    report,
    currency: 'EUR',
  });
  return String(out.read());
}

describe('the report of a backtest in words', () => {
  const words = said();

  it('says how many are left out, and why', () => {
    expect(words).toContain('Left out: 27 (marked as churned, without a day), 3 (had left by the cut-off).');
  });

  it('says how outcomes without a score are counted, and which bands they are in', () => {
    expect(words).toMatch(
      /30 of 300 outcomes have no score, .* stand at the mean .* left out of its Brier, ECE/,
    );
    expect(words).toContain(
      '30 of them have a band by a guard (or a person) alone, and no score: 30 in risk.',
    );
  });

  it('gives amounts their currency, and says once for all of whom nothing stood in a bad place', () => {
    expect(words).toMatch(/Acme \(A\d+, 1,000 EUR\)/);
    expect(words.match(/stood in a bad place/g)).toHaveLength(1);
  });

  it('says where no ceiling could be fitted, and what ranks nobody, in the place of an interval', () => {
    const none = said(false);
    expect(words).not.toContain('too few to fit one');
    expect(none).toMatch(/Fitted ceiling .*too few to fit one/);
    expect(none).toMatch(/Revenue alone .*0\.500.*it ranks nobody/);
  });
});
