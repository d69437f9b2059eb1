import { Cron } from 'croner';
import { z } from 'zod';

function cronProblem(text: string): string | null {
  try {
    const next = new Cron(text, { mode: '5-part', timezone: 'UTC', paused: true }).nextRun();
    return next === null ? 'is a time that never comes' : null;
  } catch {
    return 'must be a cron expression of five fields, like "*/15 * * * *", or off';
  }
}

/** Five cron fields; `off` in the file, null inside. */
const times = z
  .string({ error: 'must be a cron expression of five fields, like "*/15 * * * *", or off' })
  .trim()
  .superRefine((text, context) => {
    const problem = text === 'off' ? null : cronProblem(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .transform((text) => (text === 'off' ? null : text));

/** When the service does what, in the org's time zone. */
export const schedule = z
  .strictObject({
    incremental: times
      .prefault('*/15 * * * *')
      .describe('Reads what changed, assesses those accounts, and carries the plan out.'),
    full: times.prefault('0 1 * * *').describe('The same, with every account assessed.'),
    reconciliation: times
      .prefault('0 3 * * 0')
      .describe('The same, with all record ids compared, so that hard-deleted rows are found.'),
    readBack: times
      .prefault('5 * * * *')
      .describe('Replies, clicks, bounces, responses and closed tasks are read back.'),
    metrics: times.prefault('0 5 * * *').describe('The numbers of the program are computed.'),
    digest: times.prefault('0 7 * * *').describe('The daily digest is sent.'),
    housekeeping: times.prefault('30 3 * * *').describe('What is older than "retention" is taken out.'),
    drift: times.prefault('0 6 * * *').describe('Looks whether score and signals still tell what they told.'),
  })
  .describe(
    'When the service does what: cron expressions of five fields (minute, hour, day, month, weekday) in the org’s time zone, or off. What was missed while the service was down is done once.',
  );
