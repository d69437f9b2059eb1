import { z } from 'zod';
import { ALERT_KINDS, type AlertKind } from '../../ports/service-names.js';
import { percent } from './parts.js';

const address = z.email('must be an e-mail address');
const count = z.number().int('must be a whole number').min(1, 'must be 1 or more');

const told = (send: 'now' | 'digest', quietHours: number, meaning: string) =>
  z
    .strictObject({
      send: z
        .enum(['now', 'digest', 'off'])
        .default(send)
        .describe('At once, with the daily digest only, or not at all.'),
      quietHours: z
        .number()
        .min(0, 'must be 0 or more')
        .max(720, 'must be at most 720')
        .default(quietHours)
        .describe('Hours for which the same is not told again.'),
    })
    .prefault({})
    .describe(meaning);

const KINDS = {
  runFailed: told('now', 4, 'A run failed.'),
  runOverdue: told('now', 12, 'No run ended well for "overdueHours".'),
  runPaused: told('digest', 24, 'A run paused at a budget, or because a marketing tool was down.'),
  rowsRejected: told('digest', 24, 'A run ended with rows that a system refused, or with contested fields.'),
  brake: told('now', 24, 'A brake held a plan back: somebody must look and approve.'),
  deadLetters: told('digest', 24, 'At least "deadLetters" refused records wait.'),
  budget: told('now', 24, 'Of our share of the org’s daily requests, "budgetUsed" is spent.'),
  feed: told('now', 12, 'The change feed is silent or lost.'),
  queueLag: told('now', 4, 'Jobs wait for longer than "queueLagMinutes".'),
  workerLost: told('now', 4, 'A worker that was at work has not been heard of.'),
  drift: told('digest', 168, 'A signal or the score tells less than it did.'),
  atRisk: told('now', 24, 'Accounts came into the lowest band; each is named once a fall.'),
} as const satisfies Record<AlertKind, z.ZodType>;

/** Who is told of what, and when. */
export const alerts = z
  .strictObject({
    mailTo: z
      .array(address)
      .max(50, 'must be at most 50')
      .default([])
      .describe('Who gets alerts and the digest by mail. The server is TRUENORTH_SMTP_URL.'),
    mailFrom: address.nullable().default(null).describe('The sender. `null`: the first of "mailTo".'),
    resolved: z.boolean().default(true).describe('Tell, too, when something is over.'),
    kinds: z
      .strictObject(KINDS)
      .prefault({})
      .describe(
        `What is told, and how: ${ALERT_KINDS.join(', ')}. docs/runbook.md says what to do about each.`,
      ),
    deadLetters: count.default(25).describe('Refused records that may wait before it is told.'),
    budgetUsed: percent
      .prefault('80 %')
      .describe('Part of our own share of requests that may be spent before it is told.'),
    queueLagMinutes: count.default(10).describe('Minutes for which a job may wait.'),
    overdueHours: count.default(6).describe('Hours that may pass without a run that ended well.'),
    signalMissing: percent
      .prefault('10 %')
      .describe('How much more of the accounts a signal may be unknown for than in the weeks before.'),
    names: count
      .max(100, 'must be at most 100')
      .default(10)
      .describe('Accounts named in one message, for each tier; the rest are counted.'),
  })
  .describe(
    'Who is told of what. Chat is TRUENORTH_CHAT_URL; without it and without mail, alerts are only logged.',
  );
