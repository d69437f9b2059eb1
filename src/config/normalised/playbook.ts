import { z } from 'zod';
import { days, expression, identifier, percent, words } from './parts.js';

const trigger = z.strictObject({
  per: z
    .enum(['account', 'person'])
    .default('account')
    .describe('Whether the edge belongs to the account or to each person.'),
  when: expression.describe('The condition whose crossing starts the playbook.'),
  edge: expression
    .optional()
    .describe('The day on which it came true, where facts can tell. Left out: the day it is first seen.'),
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
    .describe('Roles in the order in which people are chosen.'),
  maxPersons: z.number().int().min(1).max(50).default(3).describe('How many people of one account at most.'),
});

const step = z.strictObject({
  id: identifier.describe(
    'Name of the step; with playbook, account, day and person it is the key under which we act once.',
  ),
  day: z
    .number()
    .int()
    .min(1, 'must be 1 or more; day 1 is the day of the trigger')
    .default(1)
    .describe('Day of the episode; day 1 is the day of the trigger.'),
  channel: z.string().describe('`hubspot-list` (joining starts a workflow) or `hubspot-sequence`.'),
  target: z.string().describe('Name of the list or the sequence in the marketing tool.'),
  sender: z
    .string()
    .default('csm')
    .describe('Who the message comes from: `csm` or `account-owner`, a person who reads replies.'),
  lateBy: days.default(3).describe('Days a step may be late before it is skipped.'),
});

/** config/playbooks/<id>.yaml as written, with defaults filled in. */
export const writtenPlaybook = z
  .strictObject({
    label: words.describe('How people read it.'),
    priority: z.number().int().describe('Unique; where two playbooks want the same person the higher wins.'),
    trigger: trigger.describe('What starts it.'),
    audience: audience.describe('Who is written to.'),
    steps: z.array(step).min(1, 'needs at least one step').describe('What happens, by day.'),
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
