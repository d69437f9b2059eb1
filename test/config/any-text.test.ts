import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileCondition } from '../../src/config/expressions/expression.js';
import { PLAIN_TEXTS, problemsOf } from './texts.js';

const PATHS = Object.keys(PLAIN_TEXTS);

/** A file with a piece cut out, doubled or replaced: what a slip of the hand does. */
const slip = fc
  .record({
    path: fc.constantFrom(...PATHS),
    from: fc.nat(400),
    length: fc.nat(12),
    put: fc.constantFrom('', ': ', '[', '- x', '5', '"', '\t', '{}', '&a', 'null'),
  })
  .map(({ path, from, length, put }) => {
    const text = PLAIN_TEXTS[path] ?? '';
    const at = from % (text.length + 1);
    return { path, text: text.slice(0, at) + put + text.slice(at + length) };
  });

describe('whatever stands in a file', () => {
  it('loads, or names problems with a place in it or in a file that refers to it', () => {
    fc.assert(
      fc.property(slip, ({ path, text }) => {
        for (const problem of problemsOf({ ...PLAIN_TEXTS, [path]: text })) {
          expect(PATHS).toContain(problem.file);
          expect(problem.message.length).toBeGreaterThan(10);
          if (problem.line !== null) expect(problem.line).toBeLessThanOrEqual(text.split('\n').length + 20);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads any expression, or says where it stopped', () => {
    const vocabulary = {
      facts: { 'a.b': { type: 'number' as const, label: 'b', unit: null, needs: [] } },
      refused: {},
      values: {},
    };
    const piece = fc.constantFrom(
      'a.b',
      '>',
      '3',
      '&&',
      '||',
      '!',
      '(',
      ')',
      '"x"',
      'has',
      '?',
      ':',
      'in',
      '[',
      ']',
      '.',
      '{',
      '}',
      '1u',
      'b""',
      'true',
      'null',
      '%',
      ',',
      'a.b.exists(x, x)',
      'size',
      '==',
      '-',
      '0x1f',
      '1e3',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join(' ');
        const outcome = compileCondition(text, vocabulary);
        if (outcome.ok) {
          expect([true, false, null]).toContain(
            outcome.compiled.expression.evaluate({ 'a.b': { value: 2, asOf: 1 } }, 10),
          );
          return;
        }
        for (const { at, message } of outcome.problems) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(text.length);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});
