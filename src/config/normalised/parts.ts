import { z } from 'zod';

/** Texts that people read; never blank. */
export const words = z.string().trim().min(1, 'must not be blank');

/** A CEL expression over facts. */
export const expression = z.string().trim().min(1, 'must not be blank');

/** `25 %` in the file, 0.25 inside. The sign is required: 0.25 and 25 are mistaken too easily. */
export const percent = z
  .string({ error: 'must be written with its sign, like "25 %"' })
  .regex(/^\d+(\.\d+)?\s*%$/, 'must be written with its sign, like "25 %"')
  .transform((text) => Number.parseFloat(text) / 100)
  .refine((share) => share <= 1, 'must be at most 100 %');

/** An id that appears in states and reports: `high-touch`, `supportSurge`. */
export const identifier = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must start with a letter and hold only letters, digits and hyphens');

export const days = z.number().int('must be a whole number of days').min(0, 'must be 0 days or more');

export const score = z.number().min(0, 'must be 0 to 100').max(100, 'must be 0 to 100');

/** A weight; whole, so that sums are exact. */
export const weight = z.number().int('must be a whole number');

/** Part of an expression, so it must be a CEL name. */
export const celName = z
  .string()
  .regex(
    /^(?!(in|true|false|null)$)[A-Za-z][A-Za-z0-9]*$/,
    'must start with a letter and hold only letters and digits',
  );

/** One of us, by rule: `csm`, `account-owner` or `pool:<name>`; which ones exist is checked later. */
export const personRule = z.string();

/** A calendar day, `2026-11-03`. */
export const calendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day like 2026-11-03');
