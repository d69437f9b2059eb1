import { z } from 'zod';

/** The parts of HubSpot's answers that we read. Unknown keys are let through: HubSpot adds them at will. */

const PROPERTIES = z.record(z.string(), z.string().nullable());

/** What a property held, and since when; the newest comes first as far as we know, but we don't count on it. */
const HISTORY = z.array(z.object({ value: z.string().nullable(), timestamp: z.string() }));
export type History = z.infer<typeof HISTORY>;

const RECORD = z.object({
  id: z.string(),
  properties: PROPERTIES,
  propertiesWithHistory: z.record(z.string(), HISTORY).optional(),
  new: z.boolean().optional(),
  objectWriteTraceId: z.string().optional(),
});
export type RecordAnswer = z.infer<typeof RECORD>;

/** Every field of an error is optional: some 404s have no category, 429s have a policy instead. */
export const ERROR = z.object({
  message: z.string().optional(),
  category: z.string().optional(),
  subCategory: z.string().optional(),
  policyName: z.string().optional(),
  correlationId: z.string().optional(),
  context: z.record(z.string(), z.array(z.string())).optional(),
  errors: z
    .array(
      z.object({
        message: z.string().optional(),
        context: z.record(z.string(), z.array(z.string())).optional(),
      }),
    )
    .optional(),
});
export type ErrorAnswer = z.infer<typeof ERROR>;

/** 200, 201 and 207 alike: only a 207 has errors. */
export const BATCH = z.object({ results: z.array(RECORD), errors: z.array(ERROR).optional() });
export type BatchAnswer = z.infer<typeof BATCH>;

/** The list of problems inside the message of a refused write. */
export const PROPERTY_PROBLEMS = z.array(z.object({ name: z.string(), error: z.string() }));

export const ACCOUNT = z.object({ portalId: z.number(), accountType: z.string() });

export const DEFINITIONS = z.object({
  results: z.array(z.object({ name: z.string(), type: z.string(), hasUniqueValue: z.boolean().optional() })),
});
export const GROUPS = z.object({ results: z.array(z.object({ name: z.string() })) });

const PAGING = z.object({ next: z.object({ after: z.string() }).optional() }).optional();

export const OWNERS = z.object({
  results: z.array(z.object({ email: z.string().nullish(), userId: z.number().nullish() })),
  paging: PAGING,
});

export const LIST = z.object({ list: z.object({ listId: z.string(), processingType: z.string() }) });

/** Specification and client say `recordsIdsAdded`, the public page `recordIdsAdded` (seen 2026-11-22). */
export const ADDED = z
  .object({
    recordsIdsAdded: z.array(z.string()).optional(),
    recordIdsAdded: z.array(z.string()).optional(),
    recordIdsMissing: z.array(z.string()).optional(),
  })
  .transform((answer) => ({
    added: answer.recordsIdsAdded ?? answer.recordIdsAdded ?? [],
    missing: answer.recordIdsMissing ?? [],
  }));

export const REMOVED = z.object({ recordIdsRemoved: z.array(z.string()) });

export const MEMBERSHIPS = z.object({
  results: z.array(
    z.object({
      recordId: z.string(),
      recordListMemberships: z.array(z.object({ listId: z.union([z.string(), z.number()]) })),
    }),
  ),
});

export const SEQUENCES = z.object({
  results: z.array(z.object({ id: z.string(), name: z.string() })),
  paging: PAGING,
});

/** Kinds of steps and days of follow-up are left open: HubSpot adds some. */
export const SEQUENCE_DETAIL = z.object({
  steps: z.array(z.object({ stepOrder: z.number(), actionType: z.string(), delayMillis: z.number() })),
  settings: z.object({ eligibleFollowUpDays: z.string().optional() }).optional(),
});
export type SequenceDetail = z.infer<typeof SEQUENCE_DETAIL>;

export const ENROLMENT = z.object({ sequenceId: z.string() });

export const ANYTHING = z.unknown();
