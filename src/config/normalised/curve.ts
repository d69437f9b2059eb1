import { z } from 'zod';
import { expression, score } from './parts.js';

const point = z.tuple([
  z.number().describe('What was measured.'),
  score.describe('What it is worth, 0 to 100.'),
]);

const linear = z
  .strictObject({
    from: z.number().describe('The reading that is worth 0.'),
    to: z.number().describe('The reading that is worth 100. May be below `from`.'),
  })
  .describe(
    'A straight line, held at 0 and 100 beyond its ends. The usual choice: small changes stay small.',
  );

const steps = z
  .array(
    z.strictObject({
      upTo: z.number().describe('Upper edge of the step, itself included.'),
      score: score.describe('What readings up to the edge are worth.'),
    }),
  )
  .min(1)
  .describe('Jumps at edges. The last step also serves everything above it.');

/** From a reading to 0-100. Exactly one shape is written. */
export const writtenCurve = z
  .strictObject({
    linear: linear.optional(),
    piecewise: z
      .array(point)
      .min(2, 'needs at least two points')
      .optional()
      .describe('Straight lines between points, by rising reading.'),
    steps: steps.optional(),
    table: z.record(z.string(), score).optional().describe('A score for each category, `true` or `false`.'),
    otherwise: score
      .optional()
      .describe(
        'With `table`: the score of a category that is not listed. Left out: such a reading counts as missing.',
      ),
  })
  .describe('How a reading becomes 0 to 100: one of linear, piecewise, steps, table.');

export type WrittenCurve = z.infer<typeof writtenCurve>;

export const writtenCurves = z
  .array(
    z.strictObject({
      when: expression.optional().describe('Condition under which this curve is used. Left out: always.'),
      curve: writtenCurve,
    }),
  )
  .min(1)
  .describe(
    'Several curves; the first whose `when` holds is used. None holds: the reading counts as missing.',
  );
