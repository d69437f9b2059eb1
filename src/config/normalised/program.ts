import { z } from 'zod';
import { calendarDay, identifier, percent, words } from './parts.js';

const count = z.number().int('must be a whole number').min(1, 'must be 1 or more');
const money = z.number().min(0, 'must be 0 or more').max(1e12, 'must be at most 1,000,000,000,000');

const target = z.strictObject({
  target: z.number().optional().describe('What it should come to, in its own unit: `30` for 30 %.'),
  change: z
    .number()
    .optional()
    .describe('Instead: by how many percent it should change from the baseline; `-25` is a quarter less.'),
  direction: z
    .enum(['at least', 'at most'])
    .optional()
    .describe('On which side it is met. Left out: as in the metric’s usual target; else `at least`.'),
  months: count
    .optional()
    .describe(
      'Months from the start of the program by which it should be met. Left out: as in the metric’s usual target; else 12.',
    ),
  baseline: z
    .number()
    .nullable()
    .default(null)
    .describe('Its value when the program began. `null`: not measured; a `change` has no target then.'),
});

const range = z.strictObject({
  from: count.describe('Accounts that fill a person’s days.'),
  to: count.describe('Accounts that are as many as one person can look after well.'),
});

const activity = z.strictObject({
  minutes: z.number().min(0, 'must be 0 or more').describe('Minutes that it takes, preparation included.'),
  perAccountAndYear: z
    .number()
    .min(0, 'must be 0 or more')
    .describe('How often an account gets it in a year.'),
});

const costs = z
  .strictObject({
    personPerYear: money.describe('Salary, bonus and what comes with them, for one person and year.'),
    equipmentPerYear: money.default(0).describe('Equipment of all people of the tier, in a year.'),
    licencesPerYear: money.default(0).describe('Licences of the tier, in a year.'),
    perSend: money.default(0).describe('What one automated message costs.'),
  })
  .describe('In the org’s currency. Left out: costs are not computed.');

const staffing = z.strictObject({
  people: z
    .number()
    .min(0, 'must be 0 or more')
    .max(1e6, 'must be at most 1,000,000')
    .optional()
    .describe('People who look after the tier.'),
  accountsPerPerson: range.optional().describe('Left out: the tier is not limited by people.'),
  hoursPerWeek: z
    .number()
    .min(1, 'must be 1 or more')
    .max(80, 'must be at most 80')
    .optional()
    .describe('Working hours of one person in a week.'),
  utilisation: percent.optional().describe('Share of those hours that is there for accounts.'),
  activities: z
    .record(identifier, activity)
    .default({})
    .describe('What people do for each account of the tier, by name.'),
  costs: costs.optional(),
});

const revenuePerPerson = z
  .strictObject({
    about: money.default(3_000_000).describe('What one person usually answers for.'),
    warnBelow: money.default(1_000_000).describe('Less is worth a warning.'),
    warnAbove: money.default(10_000_000).describe('More is worth a warning.'),
  })
  .describe('Yearly revenue that one person answers for, in the org’s currency.');

const share = (meaning: string) =>
  percent.nullable().default(null).describe(`${meaning} \`null\`: not known.`);

const generalMarketing = z
  .strictObject({
    people: count
      .nullable()
      .default(null)
      .describe('How many people got a message. `null`: not known; the shares are not told then.'),
    opened: share('Of those who got a message, who opened it.'),
    clicked: share('Of those who got a message, who clicked in it.'),
    replied: share('Of those who got a message, who answered it.'),
  })
  .describe(
    'What your marketing gets outside of playbooks, from its own reports: Truenorth reads answers only of people whom a playbook wrote to.',
  );

const sampledTier = z.strictObject({
  hours: z
    .number()
    .min(0, 'must be 0 or more')
    .describe('Hours for accounts of the tier that all who look after it wrote down together.'),
  people: count.describe('How many people wrote them down.'),
});

const timeSample = z
  .strictObject({
    from: calendarDay.describe('First day.'),
    to: calendarDay.describe('Last day; whole weeks, so that weekends count as often as in a year.'),
    tiers: z.record(identifier, sampledTier).describe('What was written down, by tier.'),
  })
  .describe(
    'What people wrote down of their time with customers in two ordinary weeks. Hours of a tier come from what is logged, else from here, scaled to a year. `null`: nobody did.',
  );

/** config/program.yaml as written, with defaults filled in. */
export const writtenProgram = z
  .strictObject({
    targets: z
      .record(z.string(), target.nullable())
      .default({})
      .describe(
        'What each metric should come to, by its id. One that is not named keeps its usual target; `null` takes it away.',
      ),
    segmentBy: words
      .nullable()
      .default(null)
      .describe('The fact by which records are split beside the tiers: `account.industry`, `custom.region`.'),
    segments: z
      .number()
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(25, 'must be at most 25')
      .default(8)
      .describe('Segments that are told apart, largest first; the rest count as Other.'),
    floor: count
      .default(5)
      .describe('Fewer cases than this are too little data for a share, a mean or a median.'),
    tiers: z
      .record(identifier, staffing)
      .default({})
      .describe('Who looks after a tier, how much one person can do, and what it costs.'),
    revenuePerPerson: revenuePerPerson.prefault({}),
    generalMarketing: generalMarketing.prefault({}),
    timeSample: timeSample.nullable().default(null),
  })
  .describe('What the program is measured against, and who carries it: config/program.yaml.');

export type WrittenProgram = z.infer<typeof writtenProgram>;
