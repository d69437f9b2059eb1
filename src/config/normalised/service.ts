import { z } from 'zod';
import { days, percent } from './parts.js';

const api = z
  .strictObject({
    share: percent
      .prefault('25 %')
      .describe('Our share of the org’s daily API requests, over all runs in any 24 hours.'),
    orgCeiling: percent.prefault('80 %').describe('Use by the whole org at which we stop, whoever spent it.'),
  })
  .describe('API budget. A run that meets it pauses and can be resumed.');

const pull = z
  .strictObject({
    overlapMinutes: z
      .number()
      .int()
      .min(0)
      .max(1440)
      .default(10)
      .describe('Minutes read again at each pull, so that late commits are not lost.'),
    reconcileEveryDays: days
      .min(1, 'must be at least 1 day')
      .default(7)
      .describe('Days between full comparisons of record ids, which find hard-deleted rows.'),
  })
  .describe('Reading the CRM.');

/** config/service.yaml as written, with defaults filled in. */
export const writtenService = z
  .strictObject({
    api: api.prefault({}),
    pull: pull.prefault({}),
    readBack: z
      .enum(['all', 'sample', 'none'])
      .default('sample')
      .describe(
        'Records that are read once more after a run wrote them, to see what flows and rules made of it: all, up to 500, or none.',
      ),
  })
  .describe('How Truenorth runs: config/service.yaml.');

export type WrittenService = z.infer<typeof writtenService>;
