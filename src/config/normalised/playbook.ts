import { z } from 'zod';
import { SUBJECT_KINDS } from '../../domain/engagement/playbook.js';
import { days, expression, identifier, percent, words } from './parts.js';
import { writtenSteps } from './step.js';
import { writtenTask } from './task.js';

const countdown = z
  .strictObject({
    of: expression.describe('A number that falls: `account.daysToRenewal`.'),
    marks: z
      .array(z.number().int().min(0))
      .min(1, 'needs at least one mark')
      .describe('Where it starts, falling: `[120, 90, 30]`. Of several crossed at once the last counts.'),
  })
  .describe('Starts where a number falls to a mark; each mark has an episode of its own.');

const trigger = z.strictObject({
  per: z
    .enum(SUBJECT_KINDS)
    .default('account')
    .describe('What the edge belongs to: the account, each person, each request, each moment.'),
  when: expression
    .optional()
    .describe(
      'The condition whose crossing starts the playbook. May be left out beside `countdown` or `every`.',
    ),
  edge: expression
    .optional()
    .describe('The day on which it came true, where facts can tell. Left out: the day it is first seen.'),
  countdown: countdown.optional(),
  every: z
    .enum(['week', 'month', 'quarter'])
    .optional()
    .describe('Starts once in each such period in which the condition holds.'),
  onFirstSight: z
    .enum(['arm', 'fire'])
    .default('arm')
    .describe(
      'What already holds when a playbook is first seen: `arm` waits for the next crossing, `fire` acts on it.',
    ),
  fireWithin: days.default(7).describe('Crossings older than this many days are recorded as missed.'),
  reenter: z
    .union([
      z.enum(['never', 'always']),
      z.strictObject({ afterDays: days.describe('Days after which it may start again.') }),
    ])
    .default('always')
    .describe('Whether the same customer may enter again.'),
});

const audience = z.strictObject({
  when: expression.optional().describe('Which accounts. Left out: all.'),
  roles: z
    .array(z.string())
    .min(1, 'needs at least one role')
    .optional()
    .describe('Roles in the order in which people are chosen. Needed as soon as a step writes to somebody.'),
  maxPersons: z.number().int().min(1).max(50).default(3).describe('How many people of one account at most.'),
});

const exits = z.strictObject({
  conditionGone: z
    .boolean()
    .default(false)
    .describe('Ends as soon as the trigger’s condition is known to hold no more.'),
  tierChanged: z.boolean().default(false).describe('Ends when the tier changes.'),
  phaseChanged: z.boolean().default(false).describe('Ends when onboarding ends, or begins again.'),
  when: expression.optional().describe('A further condition that ends it.'),
});

const goal = z.strictObject({
  when: expression.describe('What the playbook is for. Reaching it ends the episode.'),
  withinDays: days
    .min(1, 'must be at least 1 day')
    .describe('Days after the trigger in which reaching it counts.'),
});

/** config/playbooks/<id>.yaml as written, with defaults filled in. */
export const writtenPlaybook = z
  .strictObject({
    label: words.describe('How people read it.'),
    priority: z.number().int().describe('Unique; where two playbooks want the same person the higher wins.'),
    trigger: trigger.describe('What starts it.'),
    audience: audience.prefault({}).describe('Who is written to.'),
    steps: writtenSteps,
    exits: exits
      .prefault({})
      .describe('What ends it early, beside replies, unsubscribing, the goal and churn, which always do.'),
    goal: goal.optional().describe('How its effect is measured. Left out: it is not.'),
    reply: writtenTask
      .optional()
      .describe('Work that opens when somebody replies. Left out: that of config/engagement.yaml.'),
    rest: z
      .strictObject({
        group: identifier.describe('Playbooks of the same group rest together.'),
        days: days.min(1, 'must be at least 1 day').max(120, 'must be at most 120 days'),
      })
      .optional()
      .describe('Nobody is taken in within so many days of a step of any playbook of the group.'),
    holdout: percent
      .prefault('10 %')
      .describe('Share of accounts kept out, so that the effect can be measured. `0 %` for service notices.'),
    ignore: z
      .array(z.string())
      .default([])
      .describe('Account-state codes that do not stop it. Consent codes can’t be ignored.'),
  })
  .describe('One playbook: config/playbooks/<id>.yaml. The file’s name is its id.');

export type WrittenPlaybook = z.infer<typeof writtenPlaybook>;
