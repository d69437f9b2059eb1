import { z } from 'zod';
import { days, expression, identifier, percent, words } from './parts.js';

const thresholds = z
  .array(
    z.strictObject({
      tier: identifier.describe('The tier that this rule gives.'),
      atLeast: z.number().optional().describe('Lowest measure that belongs in it.'),
      when: expression.optional().describe('A further condition, or the only one.'),
    }),
  )
  .min(1)
  .describe(
    'Rules in order; the first that holds wins. The last has neither line nor condition and serves everyone else.',
  );

const pareto = z
  .array(
    z.strictObject({
      tier: identifier.describe('The tier of this part of the book.'),
      upTo: percent
        .optional()
        .describe('Cumulative share of the measure at which it ends. The last has none and takes the rest.'),
    }),
  )
  .min(1)
  .describe(
    'The book by falling measure, cut where its cumulative share passes each mark; cuts are frozen for a quarter.',
  );

const capacity = z
  .array(identifier)
  .min(2, 'at least two tiers are needed')
  .describe(
    'Tiers in the order in which they are filled from the book by falling measure, until the people or the hours of config/program.yaml are used. The last takes the rest; cuts are frozen for a quarter.',
  );

const override = z.strictObject({
  label: words.describe('The reason, as it is written on the account.'),
  when: expression.describe('Condition under which it wins over lines.'),
  tier: identifier.describe('The tier that it gives.'),
});

const calm = z
  .strictObject({
    margin: percent
      .prefault('10 %')
      .describe('How far past a line the measure must be before an account moves.'),
    minDwell: days.default(90).describe('Days in a tier before a move.'),
    farPast: percent.prefault('50 %').describe('How far past a line the dwell does not matter.'),
    maxMoves: percent
      .prefault('2 %')
      .describe('Share of all accounts that may move in a window, at least one.'),
    maxMovesDays: days.min(1, 'must be at least 1 day').default(30).describe('Length of the window.'),
  })
  .describe('What keeps accounts from moving to and fro. Locks, overrides and first assignments are exempt.');

/** config/tiers.yaml as written, with defaults filled in. */
export const writtenTiers = z
  .strictObject({
    tiers: z
      .record(identifier, words)
      .describe(
        'The coverage models, from the most personal contact to the most scaled: id and the name people read. All are of equal standing.',
      ),
    measure: expression.default('account.arr').describe('The number that lines are drawn on (CEL).'),
    measureLabel: words.default('Annual recurring revenue').describe('How people read the measure.'),
    policy: z
      .strictObject({
        thresholds: thresholds.optional(),
        pareto: pareto.optional(),
        capacity: capacity.optional(),
      })
      .describe('How tiers are given where no override holds: one of thresholds, pareto, capacity.'),
    overrides: z.record(identifier, override).default({}).describe('Reasons that win over lines, in order.'),
    calm: calm.prefault({}),
  })
  .describe('Which coverage model serves which customer: config/tiers.yaml.');

export type WrittenTiers = z.infer<typeof writtenTiers>;
