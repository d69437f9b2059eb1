import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileCondition, compileNumber, compileValue } from '../../../src/config/expressions/expression.js';
import type { FactDefinition, Facts, FactValue } from '../../../src/domain/facts/fact.js';

function define(type: FactDefinition['type']): FactDefinition {
  return { type, label: 'x', unit: null, needs: [] };
}

const VOCABULARY = {
  facts: {
    'f.a': define('boolean'),
    'f.b': define('boolean'),
    'n.x': define('number'),
    'n.y': define('number'),
    'n.day': define('day'),
    't.name': define('text'),
  },
  refused: {},
  values: {},
};

function factsOf(values: Readonly<Record<string, FactValue>>): Facts {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, asOf: 0 }]));
}

type Answer = number | string | boolean | null;

function answer(text: string, values: Readonly<Record<string, FactValue>> = {}, today = 100): Answer {
  for (const compile of [compileCondition, compileValue]) {
    const outcome = compile(text, VOCABULARY);
    if (outcome.ok) return outcome.compiled.expression.evaluate(factsOf(values), today);
  }
  throw new Error(`${text} does not compile`);
}

describe('three-valued evaluation', () => {
  it.each<readonly [string, Answer, Answer, Answer]>([
    ['f.a && f.b', true, null, null],
    ['f.a && f.b', false, null, false],
    ['f.a && f.b', null, false, false],
    ['f.a && f.b', null, null, null],
    ['f.a || f.b', true, null, true],
    ['f.a || f.b', null, true, true],
    ['f.a || f.b', false, null, null],
    ['!f.a', null, null, null],
    ['!f.a', false, null, true],
    ['f.a ? f.b : f.b', null, true, true],
    ['f.a ? f.b : !f.b', null, true, null],
    ['f.a ? 1 : f.b ? 1 : 2', null, true, 1],
    ['f.a == f.b', null, true, null],
    ['has(f.a)', null, null, false],
    ['has(f.a)', false, null, true],
    ['has(f.a) && f.a', null, null, false],
  ])('%s with a = %s and b = %s is %s', (text, a, b, expected) => {
    expect(answer(text, { 'f.a': a, 'f.b': b })).toBe(expected);
  });

  it('makes every number that touches an unknown fact unknown', () => {
    for (const text of [
      'n.x + 1',
      'n.y * n.x',
      '-n.x',
      'n.x / 2',
      'daysSince(n.day)',
      'n.x > 1',
      'n.x in [1, 2]',
    ]) {
      expect([text, answer(text, { 'n.y': 0 })]).toEqual([text, null]);
    }
  });

  it('reads whole numbers as ordinary numbers', () => {
    expect(answer('n.x + 1 > 3', { 'n.x': 2.5 })).toBe(true);
    expect(answer('1 / 2')).toBe(0.5);
    expect(answer('n.x == 3', { 'n.x': 3 })).toBe(true);
    expect(answer('n.x in [1, 2, 3]', { 'n.x': 3 })).toBe(true);
    expect(answer('-3 < n.x && n.x < 16', { 'n.x': 15 })).toBe(true);
  });

  it('counts days from today', () => {
    expect(answer('daysSince(n.day)', { 'n.day': 93 })).toBe(7);
    expect(answer('daysUntil(n.day)', { 'n.day': 130 })).toBe(30);
    expect(answer('today - n.day', { 'n.day': 93 })).toBe(7);
  });

  it('calls a division by zero unknown', () => {
    expect(answer('n.x / n.y', { 'n.x': 1, 'n.y': 0 })).toBeNull();
    expect(answer('n.x / n.y > 1 || f.a', { 'n.x': 1, 'n.y': 0, 'f.a': true })).toBe(true);
  });

  it('reads texts', () => {
    expect(
      answer('t.name.startsWith("Ac") && t.name.contains("m") && t.name.endsWith("e")', { 't.name': 'Acme' }),
    ).toBe(true);
    expect(answer('t.name in ["a", "b"]', { 't.name': 'b' })).toBe(true);
    expect(answer('t.name + "!" == "b!"', { 't.name': 'b' })).toBe(true);
  });

  it('names what it reads, sorted, today apart', () => {
    const outcome = compileNumber('n.y + n.x + today + n.y', VOCABULARY);
    expect(outcome.ok && outcome.compiled.expression.facts).toEqual(['n.x', 'n.y']);
  });
});

interface Formula {
  readonly text: string;
  /** Answers over all ways to fill in what is unknown. */
  readonly two: (a: boolean, b: boolean) => boolean;
}

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Formula>(
      { text: 'f.a', two: (a) => a },
      { text: 'f.b', two: (_a, b) => b },
      { text: 'true', two: () => true },
      { text: 'false', two: () => false },
    ),
    tie('formula').map(({ text, two }) => ({
      text: `!(${text})`,
      two: (a: boolean, b: boolean) => !two(a, b),
    })),
    fc.tuple(tie('formula'), tie('formula')).map(([l, r]) => ({
      text: `(${l.text}) && (${r.text})`,
      two: (a: boolean, b: boolean) => l.two(a, b) && r.two(a, b),
    })),
    fc.tuple(tie('formula'), tie('formula')).map(([l, r]) => ({
      text: `(${l.text}) || (${r.text})`,
      two: (a: boolean, b: boolean) => l.two(a, b) || r.two(a, b),
    })),
    fc.tuple(tie('formula'), tie('formula'), tie('formula')).map(([c, l, r]) => ({
      text: `(${c.text}) ? (${l.text}) : (${r.text})`,
      two: (a: boolean, b: boolean) => (c.two(a, b) ? l.two(a, b) : r.two(a, b)),
    })),
  ),
}));

const BOTH = [true, false] as const;

describe('any formula', () => {
  it('answers like ordinary logic when everything is known, and is never sure of what could be otherwise', () => {
    fc.assert(
      fc.property(
        formula,
        fc.constantFrom(true, false, null),
        fc.constantFrom(true, false, null),
        ({ text, two }, a, b) => {
          const possible = new Set(
            (a === null ? BOTH : [a]).flatMap((x) => (b === null ? BOTH : [b]).map((y) => two(x, y))),
          );
          const said = answer(text, { 'f.a': a, 'f.b': b });
          if (said !== null) expect([...possible]).toEqual([said]);
          else expect(a === null || b === null).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
