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

const kept = (keepDays: number, budgetMb: number) =>
  z.strictObject({
    keepDays: days
      .min(30, 'must be at least 30 days')
      .default(keepDays)
      .describe('Days after which a record is deleted.'),
    budgetMb: z
      .number()
      .min(1)
      .default(budgetMb)
      .describe(
        'Data storage that these records may take; above it no new one is made, and the report says so.',
      ),
  });

const records = z
  .strictObject({
    refusals: z
      .enum(['count', 'each'])
      .default('count')
      .describe(
        'Refused and deferred enrolments: one record a day, playbook and code, or one for each decision.',
      ),
    snapshots: kept(1095, 1000)
      .prefault({})
      .describe('Health snapshots: on a change of band or tier, and monthly.'),
    episodes: kept(1095, 300).prefault({}).describe('Playbook episodes, counted from their end.'),
    decisions: kept(400, 500).prefault({}).describe('Enrolment decisions.'),
    metrics: kept(1825, 50).prefault({}).describe('Program metrics.'),
    runs: kept(90, 10).prefault({}).describe('Runs of the service.'),
    errors: kept(90, 10)
      .prefault({})
      .describe('Refused records, counted from the day on which they were last seen.'),
  })
  .describe('Records of ours in the CRM, 2 KB of its data storage each.');

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
    records: records.prefault({}),
  })
  .describe('How Truenorth runs: config/service.yaml.');

export type WrittenService = z.infer<typeof writtenService>;
