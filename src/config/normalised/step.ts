import { z } from 'zod';
import { CHANNEL_IDS } from '../../domain/engagement/channel.js';
import { days, expression, identifier, personRule } from './parts.js';
import { writtenTask } from './task.js';

const FIRST_DAY = 'must be 1 or more; day 1 is the day of the trigger';

const count = z.number().int('must be a whole number').min(1, 'must be 1 or more');

const waitFor = z
  .strictObject({
    when: expression.describe('What must be so before it happens.'),
    days: days.describe('Days to wait beyond its own day; then it is skipped.'),
  })
  .describe('Held back until a condition holds. Later steps keep their distance.');

/** A year of daily messages: whatever is more was mistyped. */
const MOST_TOUCHES = 366;
const MOST_DAYS = 366;

const touches = z
  .strictObject({
    count: count.max(MOST_TOUCHES).describe('Messages that joining means.'),
    days: count.max(MOST_DAYS).describe('Days over which they are spread, evenly.'),
  })
  .describe('What joining means for the person. Left out: what the tool says, or one message.');

const step = z.strictObject({
  id: identifier.describe(
    'Name of the step; with playbook, subject, day and person it is the key under which we act once.',
  ),
  day: z
    .number()
    .int()
    .min(1, FIRST_DAY)
    .default(1)
    .describe('Day of the episode; day 1 is the day of the trigger.'),
  channel: z
    .string()
    .optional()
    .describe(
      `One of ${CHANNEL_IDS.map((id) => `\`${id}\``).join(', ')}. Left out where \`task\` is written.`,
    ),
  target: z
    .string()
    .optional()
    .describe('Name of the list, sequence, campaign or event. A task has none: its subject is enough.'),
  sender: personRule
    .optional()
    .describe(
      'Who the message comes from: `csm` (the default), `account-owner` or `pool:<name>`, a person who reads replies.',
    ),
  lateBy: days.default(3).describe('Days a step may be late before it is skipped.'),
  when: expression
    .optional()
    .describe('Only where it holds on the day. Unknown waits until `lateBy` is over.'),
  waitFor: waitFor.optional(),
  mark: z.number().int().min(0).optional().describe('Only for the episode of this mark of the countdown.'),
  touches: touches.optional(),
  task: writtenTask.optional().describe('What one of us is asked to do; makes it a Salesforce task.'),
});

const branch = z.strictObject({
  branch: z
    .strictObject({
      day: z.number().int().min(1, FIRST_DAY).describe('Day on which it is decided, once.'),
      when: expression.describe('The question.'),
      // biome-ignore lint/suspicious/noThenProperty: a word of the file; nobody awaits it
      then: z.array(step).default([]).describe('Steps where it holds, as above.'),
      else: z.array(step).default([]).describe('Steps where it does not, as above.'),
    })
    .describe('In the place of a step: two ways to go on. A playbook has at most one.'),
});

/** What may stand in the list of steps. */
export const writtenSteps = z
  .array(z.union([step, branch]))
  .min(1, 'needs at least one step')
  .describe('What happens, by day: steps, and at most one branch.');

export type WrittenStep = z.infer<typeof step>;
export type WrittenBranch = z.infer<typeof branch>['branch'];
