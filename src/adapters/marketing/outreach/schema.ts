import { z } from 'zod';

/** The parts of Outreach's answers that we read. Unknown keys are let through: Outreach adds them at will. */

/** Whole numbers by the specification (2026-08-19); kept as text on our side. */
const ID = z.union([z.int(), z.string().regex(/^\d+$/)]).transform(String);

/** A to-one relationship as the id at its other end, or null. */
const TO_ONE = z
  .object({ data: z.object({ id: ID }).nullish() })
  .optional()
  .transform((relation) => relation?.data?.id ?? null);

const TEXT = z.string().nullish();
const NUMBER = z.number().nullish();
const FLAG = z.boolean().nullish();

/** The 415 says `details` where all others say `detail`. */
const PROBLEM = z.object({
  id: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  details: z.string().optional(),
  code: z.string().optional(),
  source: z.object({ pointer: z.string().optional(), parameter: z.string().optional() }).optional(),
});
export type Problem = z.infer<typeof PROBLEM>;
export const ERROR = z.object({ errors: z.array(PROBLEM) });

/** RFC 6749, as asked of `/oauth/token`. */
export const GRANT = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().min(1),
});
export const GRANT_REFUSED = z.object({ error: z.string() });

export const PROSPECT = z.object({
  id: ID,
  attributes: z.looseObject({
    emails: z.array(z.string()).nullish(),
    optedOut: FLAG,
    emailOptedOut: FLAG,
    emailsOptStatus: TEXT,
  }),
});
export type ProspectAnswer = z.infer<typeof PROSPECT>;

export const MADE = z.object({ data: z.object({ id: ID }) });

export const MAILBOX = z.object({
  id: ID,
  attributes: z.object({ email: TEXT, sendDisabled: FLAG, maxMailingsPerDay: NUMBER }),
});
export type MailboxAnswer = z.infer<typeof MAILBOX>;

export const SEQUENCE = z.object({
  id: ID,
  attributes: z.object({ name: TEXT, enabled: FLAG, sequenceStepCount: NUMBER, durationInDays: NUMBER }),
});
export type SequenceAnswer = z.infer<typeof SEQUENCE>;

/** State words are left open: `failed` and `bounced` are known by hearsay only. */
export const SEQUENCE_STATE = z.object({
  id: ID,
  attributes: z.object({ state: z.string(), createdAt: TEXT, stateChangedAt: TEXT }),
  relationships: z.object({ prospect: TO_ONE, sequence: TO_ONE }),
});
export type StateAnswer = z.infer<typeof SEQUENCE_STATE>;

export const MAILING = z.object({
  id: ID,
  attributes: z.object({
    openedAt: TEXT,
    clickedAt: TEXT,
    repliedAt: TEXT,
    bouncedAt: TEXT,
    unsubscribedAt: TEXT,
  }),
  relationships: z.object({ prospect: TO_ONE, sequence: TO_ONE }),
});
export type MailingAnswer = z.infer<typeof MAILING>;

export const COUNTED = z.object({ meta: z.object({ count: z.number().nullish() }).optional() });

export function pageOf<T>(item: z.ZodType<T>) {
  return z.object({
    data: z.array(item),
    links: z.object({ next: z.string().nullish() }).optional(),
  });
}

export const ANYTHING = z.unknown();
