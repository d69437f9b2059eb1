import { z } from 'zod';
import { days, personRule, words } from './parts.js';

/** Salesforce keeps 255 characters, and the day of the edge is put behind. */
const SUBJECT_LENGTH = 200;

/** Work for one of us, as written in playbooks and in config/engagement.yaml. */
export const writtenTask = z
  .strictObject({
    subject: words
      .max(SUBJECT_LENGTH, `must be at most ${SUBJECT_LENGTH} characters`)
      .describe('What is to be done, in a line. The day is put behind it.'),
    description: words.describe('Why, and what would help: what whoever does it should know.'),
    kind: z.enum(['call', 'meeting', 'message', 'other']).default('other').describe('How it is done.'),
    owner: personRule
      .default('csm')
      .describe('Who does it: `csm`, `account-owner`, or `pool:<name>` from config/engagement.yaml.'),
    dueIn: days.max(60).default(1).describe('Business days until it is due; 0 is the same day.'),
    priority: z.enum(['high', 'normal', 'low']).default('normal').describe('How it is marked.'),
  })
  .describe('Work for one of us.');

export type WrittenTask = z.infer<typeof writtenTask>;
