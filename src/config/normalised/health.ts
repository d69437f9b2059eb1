import { z } from 'zod';
import { writtenCurve, writtenCurves } from './curve.js';
import { days, expression, identifier, percent, score, weight, words } from './parts.js';

const signalDetails = z.strictObject({
  weight: weight.optional().describe('Its weight inside the dimension. Left out: the catalogue’s.'),
  label: words.optional().describe('How people read it. Needed for a signal of your own.'),
  unit: words.optional().describe('Unit shown after the value: `cases`, `%`, `days`.'),
  value: expression
    .optional()
    .describe('CEL over facts. Makes this a signal of your own; the catalogue’s name can’t be reused.'),
  curve: writtenCurve.optional(),
  curves: writtenCurves.optional(),
  freshFor: days
    .nullable()
    .optional()
    .describe('Days after which a reading is stale and counts as missing. `null`: never.'),
  text: words
    .nullable()
    .optional()
    .describe('How the reading is put into words; `{value}` and `{fact.id}` are filled in.'),
});

export type WrittenSignal = z.infer<typeof signalDetails>;

const signal = z
  .union([weight, signalDetails])
  .describe('A whole number is its weight; or give the parts that differ from the catalogue.');

const dimension = z.strictObject({
  label: words.optional().describe('How people read it. Left out: the id.'),
  weight: weight.describe('Weight of the dimension in the model. Weights need not sum to 100.'),
  weightRules: z
    .array(
      z.strictObject({
        when: expression.describe('Condition under which the weight changes.'),
        weight: percent.describe('What is left of the weight: `50 %` halves it.'),
      }),
    )
    .default([])
    .describe('The first rule that holds scales the weight, e.g. where the product is not used as intended.'),
  signals: z.record(identifier, signal).describe('Signals by name, from the catalogue or your own.'),
});

const model = z.strictObject({
  id: identifier.describe('Name of the model in history and explanations.'),
  label: words.optional().describe('How people read it. Left out: the id.'),
  when: expression
    .optional()
    .describe('Which accounts it serves. The first model that holds is used; the last has no condition.'),
  dimensions: z.record(identifier, dimension).describe('Dimensions by name.'),
});

const guard = z.strictObject({
  label: words.describe('Why the score is capped, as people read it.'),
  when: expression.describe('Condition under which the cap holds.'),
  cap: score.describe('The highest score an account may have while it holds.'),
  models: z.array(identifier).optional().describe('Models it applies to. Left out: all.'),
});

const bands = z
  .strictObject({
    watchFrom: score.default(40).describe('Shown scores from here on are "watch"; below is "risk".'),
    healthyFrom: score.default(70).describe('Shown scores from here on are "healthy".'),
    margin: z.number().min(0).max(20).default(3).describe('Points past an edge that move the band at once.'),
    dwell: days
      .default(2)
      .describe('Days past an edge, by less than the margin, after which the band moves all the same.'),
  })
  .describe('Where the bands lie, and how much calm they have.');

const coverage = z
  .strictObject({
    minPresent: percent.prefault('30 %').describe('Share of the weights that must be known for any score.'),
    unknownBelow: percent.prefault('50 %').describe('Coverage below which the band becomes unknown.'),
    knownFrom: percent.prefault('55 %').describe('Coverage from which an unknown band is known again.'),
  })
  .describe('How much must be known before a score is shown.');

const sign = z.strictObject({
  label: words.describe('What contradicts the healthy surface, as people read it.'),
  when: expression.describe('Condition under which it does.'),
});

const watermelon = z
  .strictObject({
    surface: identifier.default('adoption').describe('The dimension that looks healthy.'),
    dimensions: z
      .array(identifier)
      .default([])
      .describe('Dimensions that contradict it when they are in risk.'),
    signs: z.record(identifier, sign).default({}).describe('Conditions that contradict it.'),
    cap: score.nullable().default(69).describe('The highest score while flagged; `null`: a flag alone.'),
  })
  .describe('Green outside, red inside: use looks healthy while something beneath it does not.');

/** config/health.yaml as written, with defaults filled in. */
export const writtenHealth = z
  .strictObject({
    models: z
      .array(model)
      .min(1, 'needs at least one model')
      .describe('Models in order; an account is scored by the first that serves it.'),
    guards: z
      .record(identifier, guard)
      .default({})
      .describe('Rules that cap the score whatever the average says.'),
    bands: bands.prefault({}),
    coverage: coverage.prefault({}),
    watermelon: watermelon.nullable().default(null),
    shownDrivers: z
      .number()
      .int()
      .min(1)
      .max(20)
      .default(5)
      .describe('How many reasons are put into words on the account.'),
  })
  .describe('How the health score is made: config/health.yaml.');

export type WrittenHealth = z.infer<typeof writtenHealth>;
export type WrittenModel = WrittenHealth['models'][number];
export type WrittenDimension = WrittenModel['dimensions'][string];
