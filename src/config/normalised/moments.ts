import { z } from 'zod';
import { days, expression, identifier, personRule, words } from './parts.js';

const shared = {
  label: words.describe('How people read it.'),
  when: expression.optional().describe('Which customers. Left out: all.'),
  done: expression.describe('True when it has happened. What was done once stays done.'),
  owner: personRule.default('csm').describe('Who sees to it: `csm`, `account-owner` or `pool:<name>`.'),
  objective: words.describe('What it is for, in the customer’s words.'),
};

const onboarding = z.strictObject({
  ...shared,
  dueDay: days.describe('Days after day 0 (the first won deal) by which it is due.'),
  required: z.boolean().default(true).describe('Whether onboarding waits for it.'),
});

const ongoing = z.strictObject({
  ...shared,
  dueDay: days.describe('Days after the start of the period by which it is due.'),
  cadence: z
    .record(z.string(), z.enum(['week', 'month', 'quarter', 'year']))
    .describe('How often, by tier. A tier that is not named has no such moment.'),
});

export type WrittenOnboardingMoment = z.infer<typeof onboarding>;
export type WrittenOngoingMoment = z.infer<typeof ongoing>;

/** config/moments.yaml as written, with defaults filled in. */
export const writtenMoments = z
  .strictObject({
    onboardingDays: days
      .min(1, 'must be at least 1 day')
      .default(90)
      .describe('Days after which onboarding ends once first value is reached; twice that ends it anyway.'),
    renewalWindow: days.default(90).describe('Days before the renewal in which the stage is `renew`.'),
    onboarding: z.record(identifier, onboarding).default({}).describe('What a new customer goes through.'),
    ongoing: z
      .record(identifier, ongoing)
      .default({})
      .describe('What happens again and again, once in each period.'),
  })
  .describe('Milestones that customers are expected to reach: config/moments.yaml.');

export type WrittenMoments = z.infer<typeof writtenMoments>;
