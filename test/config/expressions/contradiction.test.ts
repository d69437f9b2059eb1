import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contradictionIn } from '../../../src/config/expressions/contradiction.js';
import { compileCondition } from '../../../src/config/expressions/expression.js';
import type { FactDefinition } from '../../../src/domain/facts/fact.js';

const define = (type: FactDefinition['type']): FactDefinition => ({
  type,
  label: 'x',
  unit: null,
  needs: [],
});
const VOCABULARY = {
  facts: { 'n.x': define('number'), 't.name': define('text'), 'f.a': define('boolean') },
  refused: {},
  values: {},
};

function compiled(text: string) {
  const outcome = compileCondition(text, VOCABULARY);
  if (!outcome.ok) throw new Error(`${text}: ${outcome.problems[0]?.message}`);
  return outcome.compiled;
}

const clashOf = (text: string): string | null => contradictionIn(compiled(text).claims);

describe('conditions that can never hold', () => {
  it.each([
    ['n.x > 3 && n.x < 3', 'n.x > 3 and n.x < 3'],
    ['n.x >= 3 && n.x < 3', 'n.x >= 3 and n.x < 3'],
    ['n.x == 3 && n.x == 4', 'n.x == 3 and n.x == 4'],
    ['n.x == 3 && n.x != 3', 'n.x == 3 and n.x != 3'],
    ['5 < n.x && n.x < 5', 'n.x > 5 and n.x < 5'],
    ['n.x > -1 && n.x < -2', 'n.x > -1 and n.x < -2'],
    ['t.name in ["a", "b"] && t.name == "c"', 't.name in ["a","b"] and t.name == "c"'],
    ['t.name in ["a"] && !(t.name in ["a", "b"])', 't.name in ["a"] and !(t.name in ["a","b"])'],
    ['f.a && !f.a', 'f.a and !f.a'],
    ['f.a == true && f.a != true', 'f.a and !f.a'],
    ['!has(n.x) && n.x > 3', '!has(n.x) and n.x > 3'],
    ['daysSince(n.x) > 9 && daysSince( n.x ) < 5', 'daysSince(n.x) > 9 and daysSince(n.x) < 5'],
    ['(n.x > 5 || n.x > 7) && n.x < 2', 'n.x > 5 and n.x < 2'],
    ['!(n.x > 5 || n.x < 9)', 'n.x <= 5 and n.x >= 9'],
  ])('are found: %s', (text, said) => {
    expect(clashOf(text)).toBe(said);
  });

  it.each([
    'n.x >= 3 && n.x <= 3',
    'n.x > 3 || n.x < 3',
    'n.x > 5 && (n.x < 2 || f.a)',
    't.name in ["a", "b"] && t.name != "a"',
    'has(n.x) && n.x > 3',
    'n.x > 3 && t.name == "a"',
    'f.a ? n.x > 3 : n.x < 3',
    'n.x + 1 > 3 && n.x < 1',
  ])('are not seen where there are none: %s', (text) => {
    expect(clashOf(text)).toBeNull();
  });

  it('never hold, whatever the facts are', () => {
    const atom = fc.constantFrom(
      'n.x > 2',
      'n.x < 2',
      'n.x == 2',
      'n.x != 2',
      'f.a',
      'has(n.x)',
      't.name == "a"',
    );
    const condition = fc
      .array(fc.record({ not: fc.boolean(), atom, join: fc.constantFrom('&&', '||') }), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) =>
        parts.reduce((text, part, index) => {
          const one = part.not ? `!(${part.atom})` : part.atom;
          return index === 0 ? one : `(${text}) ${part.join} ${one}`;
        }, ''),
      );
    const value = <T>(...values: readonly T[]) => fc.constantFrom(...values, null);
    fc.assert(
      fc.property(condition, value(1, 2, 3), value(true, false), value('a', 'b'), (text, x, a, name) => {
        const { claims, expression } = compiled(text);
        fc.pre(contradictionIn(claims) !== null);
        const fact = (held: number | string | boolean | null) => ({ value: held, asOf: 1 });
        const facts = { 'n.x': fact(x), 'f.a': fact(a), 't.name': fact(name) };
        expect(expression.evaluate(facts, 10)).not.toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
