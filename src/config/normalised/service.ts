import { z } from 'zod';
import { alerts } from './alerts.js';
import { days, percent, words } from './parts.js';
import { schedule } from './schedule.js';

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

const feed = z
  .strictObject({
    on: z
      .boolean()
      .default(true)
      .describe('Listen to changes in the CRM as they happen. Polling goes on either way.'),
    objects: z
      .array(words)
      .max(5, 'must be at most 5: Salesforce delivers no more for one org')
      .optional()
      .describe(
        'Objects to listen to, as Salesforce spells them; each must be mapped. Left out: Case and Opportunity, where they are mapped.',
      ),
  })
  .describe('Near real time. Change Data Capture must be on for these objects in Salesforce.');

const whole = z.number().int('must be a whole number').min(1, 'must be 1 or more');

const http = z
  .strictObject({
    sessionHours: whole
      .max(168, 'must be at most 168')
      .default(12)
      .describe(
        'Hours after which somebody in the console logs in again; two without use end a session sooner.',
      ),
    requestsPerMinute: whole.default(1_200).describe('Requests that one token may make in a minute.'),
    usagePerMinute: whole.default(60_000).describe('The same of a token with the scope `usage`.'),
    loginAttempts: whole
      .default(5)
      .describe(
        'Wrong passwords for a name from an address after which it waits: a minute, then twice as long each time, up to an hour.',
      ),
  })
  .describe('API and console.');

const keptDays = (least: number, usual: number) =>
  days.min(least, `must be at least ${least} days`).default(usual);

const retention = z
  .strictObject({
    history: keptDays(365, 1095).describe('How scores and tiers came about, day by day.'),
    episodes: keptDays(180, 730).describe('Playbook episodes, counted from the day on which they ended.'),
    decisions: keptDays(180, 400).describe(
      'Particulars of decisions of episodes that ended. Their keys stay for ever, so that nobody is enrolled twice.',
    ),
    engagement: keptDays(180, 730).describe('What was sent, opened, clicked and answered.'),
    tasks: keptDays(180, 730).describe('Tasks that were opened, counted from the day on which they closed.'),
    usage: keptDays(120, 400).describe('Usage readings.'),
    deadLetters: keptDays(30, 180).describe(
      'Refused records, counted from the day on which they were last tried.',
    ),
    runs: keptDays(7, 90).describe('Runs and their reports.'),
    audit: keptDays(90, 730).describe('Changes that people made.'),
    deliveries: keptDays(2, 30).describe('Ids of webhook deliveries, by which repeats are known.'),
  })
  .describe(
    'Days for which Truenorth keeps what it knows, in its own state. Housekeeping takes out what is older.',
  );

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
    schedule: schedule.prefault({}),
    feed: feed.prefault({}),
    alerts: alerts.prefault({}),
    http: http.prefault({}),
    retention: retention.prefault({}),
  })
  .describe('How Truenorth runs: config/service.yaml.');

export type WrittenService = z.infer<typeof writtenService>;
