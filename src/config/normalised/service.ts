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
    pageSize: z
      .number()
      .int()
      .min(200)
      .max(50_000)
      .default(2_000)
      .describe('Rows in a page of an incremental pull.'),
    bulkFrom: z
      .number()
      .int()
      .min(0)
      .default(10_000)
      .describe('Rows from which a bulk query is used instead of pages.'),
    reconcileEveryDays: days
      .min(1, 'must be at least 1 day')
      .default(7)
      .describe('Days between full comparisons of record ids, which find hard-deleted rows.'),
  })
  .describe('Reading the CRM.');

const assess = z
  .strictObject({
    pageSize: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('Accounts assessed and saved together.'),
  })
  .describe('Scoring.');

const apply = z
  .strictObject({
    bulkFrom: z
      .number()
      .int()
      .min(1)
      .default(2_000)
      .describe('Changed rows from which a bulk job is used instead of collections of 200.'),
    pageSize: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(1_000)
      .describe('Plan rows carried out between two checkpoints.'),
  })
  .describe('Writing back.');

const brakes = z
  .strictObject({
    bands: percent.prefault('10 %').describe('Share of accounts whose band may change in one plan.'),
    tiers: percent.prefault('10 %').describe('Share of accounts whose tier may change in one plan.'),
    enrolments: percent.prefault('10 %').describe('Share of accounts that may be enrolled in one plan.'),
    fromAccounts: z
      .number()
      .int()
      .min(0)
      .default(50)
      .describe('Below this many accounts the brakes are off.'),
  })
  .describe('A plan that changes more than this pauses for approval.');

const testMode = z
  .strictObject({
    active: z.boolean().default(false).describe('While true only the listed addresses are enrolled.'),
    addresses: z
      .array(z.email('must be an e-mail address'))
      .default([])
      .describe('Who may be enrolled in test mode.'),
  })
  .describe('For trying playbooks on yourselves.');

/** config/service.yaml as written, with defaults filled in. */
export const writtenService = z
  .strictObject({
    api: api.prefault({}),
    pull: pull.prefault({}),
    assess: assess.prefault({}),
    apply: apply.prefault({}),
    brakes: brakes.prefault({}),
    testMode: testMode.prefault({}),
    historyDays: days
      .min(1, 'must be at least 1 day')
      .default(1_100)
      .describe('Days for which dated assessments are kept.'),
  })
  .describe('How Truenorth runs: config/service.yaml.');

export type WrittenService = z.infer<typeof writtenService>;
