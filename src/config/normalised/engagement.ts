import { z } from 'zod';
import { calendarDay, celName, days, identifier, percent, personRule, words } from './parts.js';
import { writtenTask } from './task.js';

export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

const count = z.number().int('must be a whole number').min(1, 'must be 1 or more');

const capOf = (touches: number, whom: string) =>
  z
    .strictObject({
      touches: count.default(touches).describe('Automated messages at most …'),
      days: days.min(1, 'must be at least 1 day').default(7).describe('… in any so many days.'),
    })
    .describe(`What ${whom} gets at most, all channels together.`);

const caps = z
  .strictObject({
    person: capOf(2, 'one person').prefault({}),
    account: capOf(20, 'all people of one account').prefault({}),
    senderPerDay: count.default(200).describe('Enrolments in the name of one sender on a day.'),
  })
  .describe('Nobody is written to more often than this; what is over waits for a later day.');

const calendar = z
  .strictObject({
    businessDays: z
      .array(z.enum(WEEKDAYS))
      .min(1, 'needs at least one day')
      .default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
      .describe('Days on which messages start and work is due.'),
    holidays: z.array(calendarDay).default([]).describe('Days on which neither happens: `2026-12-25`.'),
    hours: z
      .string()
      .regex(/^\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}$/, 'must be written like "8:00-18:00"')
      .nullable()
      .default(null)
      .describe('When messages may start, in the person’s time zone where it is known. `null`: all day.'),
  })
  .describe('When we write and work.');

const pool = z.strictObject({
  members: z
    .array(words)
    .min(1, 'needs at least one member')
    .describe('Salesforce user ids or addresses of people, in the order of the turn.'),
  perDay: count.default(10).describe('Work that one member is given on a day.'),
});

const brakes = z
  .strictObject({
    share: percent
      .prefault('10 %')
      .describe('Share of accounts whose band, tier or enrolments one plan may change without approval …'),
    atLeast: count.default(50).describe('… once it is at least this many accounts.'),
    missing: percent
      .prefault('20 %')
      .describe('Rise of the share of accounts of which a source says nothing, beyond which a run pauses.'),
  })
  .describe('What makes a run pause and ask.');

const escalation = z
  .strictObject({
    afterDays: days
      .min(1, 'must be at least 1 day')
      .default(5)
      .describe('Days after its due day until somebody is told, and again until the work is given up.'),
    to: personRule.default('account-owner').describe('Who is told.'),
  })
  .describe('Work that nobody closed.');

/** Days that the shipped playbooks ask for: there whether or not a file names them. */
const SHIPPED_DATES = { release: null, improvements: null };

/** config/engagement.yaml as written, with defaults filled in. */
export const writtenEngagement = z
  .strictObject({
    enabled: z.boolean().default(true).describe('`false` stops everything that is sent, tasks included.'),
    testOnly: z
      .array(words)
      .nullable()
      .default(null)
      .describe('Test mode: only these addresses are written to. `null`: no test mode.'),
    caps: caps.prefault({}),
    calendar: calendar.prefault({}),
    pools: z
      .record(identifier, pool)
      .default({})
      .describe('People who share work, in turn: named in playbooks as `pool:<name>`.'),
    brakes: brakes.prefault({}),
    reply: writtenTask
      .prefault({
        subject: 'Answer the customer’s reply',
        description:
          'They answered a message that went out in your name. It is waiting in your inbox; their other automated messages have stopped.',
        kind: 'message',
        owner: 'csm',
        dueIn: 1,
        priority: 'high',
      })
      .describe('Work that opens when somebody replies.'),
    escalation: escalation.prefault({}),
    programHoldout: percent
      .prefault('0 %')
      .describe('Share of accounts kept out of every playbook that has a hold-out.'),
    basisRequiredIn: z
      .array(words)
      .default([])
      .describe('Countries, as your CRM writes them, where a legal basis must be on record.'),
    dates: z
      .record(celName, calendarDay.nullable())
      .default({ release: null, improvements: null })
      .transform((dates) => ({ ...SHIPPED_DATES, ...dates }))
      .describe('Days of your program, read by playbooks as `program.<name>`. `null`: not fixed yet.'),
  })
  .describe('What holds for every playbook: config/engagement.yaml.');

export type WrittenEngagement = z.infer<typeof writtenEngagement>;
