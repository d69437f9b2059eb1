import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../../src/domain/day.js';
import type { FactValue } from '../../../src/domain/facts/fact.js';
import { phraseOf } from '../../../src/domain/health/phrase.js';
import { driverTexts } from '../../../src/domain/health/words.js';
import { SIGNALS } from '../../../src/domain/signals/catalogue.js';
import {
  aDimension,
  aModel,
  aPolicy,
  aSignal,
  assessDays,
  factsOf,
  plainPolicy,
  TODAY,
  whenPositive,
} from './builders.js';

const OPENED = parseDay('2026-11-12') ?? 0;

function criticalCases(open: FactValue, oldest: FactValue) {
  const facts = factsOf({ 'cases.openCritical': open, 'cases.oldestCriticalOn': oldest });
  return phraseOf({ id: 'criticalCases', ...SIGNALS.criticalCases }, { value: open, facts });
}

describe('a reading in words', () => {
  it('names days, counts one as one, and leaves out what is unknown', () => {
    expect(criticalCases(2, OPENED)).toBe('2 critical cases open, oldest since 12 Nov 2026');
    expect(criticalCases(1, OPENED)).toBe('1 critical case open, oldest since 12 Nov 2026');
    expect(criticalCases(2, null)).toBe('2 critical cases open');
  });

  it('quotes customers only with what they were asked', () => {
    const seen = (values: Parameters<typeof factsOf>[0]) =>
      phraseOf(
        { id: 'valuePerception', ...SIGNALS.valuePerception },
        { value: 'no-longer-needed', facts: factsOf(values) },
      );
    expect(seen({ 'account.valueAsked': 'no-longer-needed', 'account.valueFromNps': null })).toBe(
      'the product is seen as no longer needed',
    );
    expect(seen({ 'account.valueAsked': null, 'account.valueFromNps': 6 })).toBe(
      'value perception derived from the NPS answer of 6 (they were never asked)',
    );
  });

  it('without words of its own is label, value and unit', () => {
    const signal = aSignal('x', { label: 'licence use', unit: '%' });
    expect(phraseOf(signal, { value: 42.25, facts: {} })).toBe('licence use 42.3 %');
  });

  it('without words of its own names the day that it is counted from', () => {
    const value = { source: 'today - usage.lastUsedOn', facts: ['usage.lastUsedOn'], evaluate: () => 10 };
    const signal = aSignal('x', { label: 'last use', unit: 'days', value });
    expect(phraseOf(signal, { value: 10, facts: factsOf({ 'usage.lastUsedOn': OPENED }) })).toBe(
      'last use: 12 Nov 2026',
    );
  });
});

const support = aDimension('support', [{ id: 'criticalCases', ...SIGNALS.criticalCases }], {
  label: 'Support',
});

describe('driver texts', () => {
  it('read like a line a colleague would write', () => {
    const policy = aPolicy(aModel([support, aDimension('adoption', [aSignal('x')], { label: 'Adoption' })]));
    const facts = factsOf({ 'cases.openCritical': 1, 'cases.oldestCriticalOn': OPENED, x: 90 });
    const [only] = assessDays([{ facts }], policy);
    const texts = only && driverTexts(only.assessment, policy);
    expect(texts?.short).toBe(
      '-25 Support: 1 critical case open, oldest since 12 Nov 2026; -5 Adoption: label of x 90',
    );
    expect(texts?.long.split('\n')).toHaveLength(2);
  });

  it('stay as they were while the drivers and their shown points do', () => {
    const days = [80.2, 80.1, 79].map((x) => ({ facts: factsOf({ x }) }));
    const texts = assessDays(days, plainPolicy()).map(
      ({ assessment }) => driverTexts(assessment, plainPolicy()).short,
    );
    expect(texts).toEqual([
      '-20 adoption: label of x 80.2',
      '-20 adoption: label of x 80.2',
      '-21 adoption: label of x 79',
    ]);
  });

  it('say what is missing where there is no score', () => {
    const policy = plainPolicy();
    const [only] = assessDays([{ facts: factsOf({ x: null }) }], policy);
    expect(only && driverTexts(only.assessment, policy).short).toBe(
      'Too little is known for a score; missing: label of x',
    );
  });

  it('fit into 255 characters by whole lines', () => {
    const signals = ['x', 'y', 'z', 'w'].map((id) => aSignal(id, { label: `${id} ${'long '.repeat(20)}` }));
    const policy = aPolicy(aModel([aDimension('a', signals)]), { shownDrivers: 4 });
    const [only] = assessDays([{ facts: factsOf({ x: 10, y: 10, z: 10, w: 10 }) }], policy);
    const short = only ? driverTexts(only.assessment, policy).short : '';
    expect(short.length).toBeLessThanOrEqual(255);
    expect(short.split('; ')).toHaveLength(2);
    expect(short).toMatch(/ 10$/);
  });

  it('are never empty, which a CRM would hand back as nothing', () => {
    const [only] = assessDays([{ facts: factsOf({ x: 100 }) }], plainPolicy());
    expect(only && driverTexts(only.assessment, plainPolicy())).toEqual({
      short: 'No points lost',
      long: 'No points lost',
    });
  });

  it('name the guard that cuts first and those that also hold', () => {
    const guards = [30, 50].map((cap, at) => ({
      id: `g${at}`,
      label: `reason ${at}`,
      cap,
      when: whenPositive('g'),
    }));
    const policy = aPolicy(aModel([aDimension('a', [aSignal('x')])], guards));
    const [only] = assessDays([{ facts: factsOf({ x: 100, g: 1 }) }], policy);
    const texts = only && driverTexts(only.assessment, policy);
    expect(texts?.short).toBe('-70 Held at 30: reason 0');
    expect(texts?.long).toBe('-70 Held at 30: reason 0\nAlso holding: reason 1');
  });

  it('tell the last change in the long form', () => {
    const days = [80, 60].map((x, at) => ({ facts: factsOf({ x }, TODAY + at) }));
    const second = assessDays(days, plainPolicy())[1];
    expect(second && driverTexts(second.assessment, plainPolicy()).long.split('\n')).toEqual([
      '-40 adoption: label of x 60',
      'Last change, 80 to 60:',
      '-20 label of x',
    ]);
  });
});
