import { describe, expect, it } from '@jest/globals';
import { FACTS_OF_ACCOUNT } from '../../../src/domain/facts/catalogue.js';
import type { FactDefinition } from '../../../src/domain/facts/fact.js';
import { builtInExpression, modelBreadth, SIGNALS } from '../../../src/domain/signals/catalogue.js';
import { factsOf, TODAY } from '../health/builders.js';

const DEFINITIONS: Readonly<Record<string, FactDefinition>> = FACTS_OF_ACCOUNT;
const ALL = Object.entries(SIGNALS);

describe('the catalogue of signals', () => {
  it('reads facts of the account, and never an outcome', () => {
    for (const [id, signal] of ALL) {
      for (const fact of signal.value.facts) {
        expect({ id, fact, known: DEFINITIONS[fact] !== undefined }).toEqual({ id, fact, known: true });
        expect(DEFINITIONS[fact]?.outcome).toBeUndefined();
      }
    }
  });

  it('names in its words only facts that exist', () => {
    for (const [, { text }] of ALL) {
      const names = [...(text ?? '').matchAll(/\{([^}|]+)/g)].map((found) => found[1] ?? '');
      expect(names.filter((name) => name !== 'value' && !DEFINITIONS[name])).toEqual([]);
    }
  });

  it('speaks of days, never of ages', () => {
    for (const [, { unit, text, value }] of ALL) {
      if (unit === 'days' && value.source.includes('today')) expect(text).toMatch(/On\}|Since\}/);
    }
  });

  it('scores categories by table and numbers by line, with one curve for everybody else', () => {
    for (const [, { type, curves }] of ALL) {
      expect(curves.at(-1)?.when).toBeNull();
      for (const { curve } of curves) expect(curve.shape === 'table').toBe(type !== 'number');
    }
  });

  it('is unknown where a fact is', () => {
    for (const [, { value }] of ALL) expect(value.evaluate({}, TODAY)).toBeNull();
  });

  it('tells no open case from nothing known of cases', () => {
    const oldest = builtInExpression('oldestCase');
    expect(oldest.evaluate(factsOf({ 'cases.open': 0 }), TODAY)).toBe(0);
    expect(oldest.evaluate(factsOf({ 'cases.open': 2, 'cases.oldestOpenOn': TODAY - 9 }), TODAY)).toBe(9);
  });

  it('counts days to a milestone until today while it is not reached', () => {
    const agreed = builtInExpression('criteriaAgreed');
    expect(agreed.evaluate(factsOf({ 'account.customerSince': TODAY - 30 }), TODAY)).toBe(30);
    const facts = factsOf({ 'account.customerSince': TODAY - 30, 'account.criteriaAgreedOn': TODAY - 20 });
    expect(agreed.evaluate(facts, TODAY)).toBe(10);
  });

  it('knows how much of it an org can see', () => {
    expect(modelBreadth(() => true)).toBe(1);
    expect(modelBreadth(() => false)).toBe(0);
    expect(modelBreadth((fact) => fact.startsWith('cases.'))).toBeCloseTo(0.2, 9);
  });
});
