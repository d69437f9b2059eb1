import { type ZodType, z } from 'zod';
import { invalid } from '../../../service/refusal.js';

/** Shapes that several endpoints share. */

export const NOTHING = z.strictObject({});
/** A body that may be left out, and holds nothing. */
export const NO_BODY = z.strictObject({}).nullish();

export const accountId = z
  .string()
  .regex(/^001[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/, 'It must be an account id of 15 or 18 characters.')
  .describe('Account id, 15 or 18 characters.');

export const runId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, 'It must be a run id.')
  .describe('Run id, as the list of runs gives it.');

export const playbookId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'It must be a playbook id: the name of its file.')
  .describe('Playbook id: the name of its file in config/playbooks/.');

export const letterId = z.string().regex(/^[A-Za-z0-9:_-]{1,80}$/, 'It must be the id of a dead letter.');

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('Local day of the org, YYYY-MM-DD.');
export const instant = z.iso.datetime().describe('Instant, ISO 8601, UTC.');

/** How many, as it stands in a query. */
export function limit(usual: number, most: number) {
  return z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .describe(`At most so many; ${usual} unless told.`);
}

export const cursor = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_-]+$/, 'It must be a cursor that a page of the same list gave.')
  .optional()
  .describe('Goes on after the page that gave it as `next`.');

export const next = z.string().nullable().describe('Cursor of the next page; null = this is the last.');

export function list<T extends ZodType>(item: T) {
  return z.array(item).readonly();
}

export function counts(of: string) {
  return z.record(z.string(), z.number()).readonly().describe(of);
}

/** A place in a list as a caller hands it back; opaque to them. */
export function toCursor(place: string | number): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place in a cursor, or null without one. Throws what to do when it is none of ours. */
export function placeIn(text: string | undefined, kind: 'number'): number | null;
export function placeIn(text: string | undefined, kind: 'string'): string | null;
export function placeIn(text: string | undefined, kind: 'number' | 'string'): number | string | null {
  if (text === undefined) return null;
  const place = parsed(Buffer.from(text, 'base64url').toString());
  if (kind === 'string' && typeof place === 'string') return place;
  if (kind === 'number' && typeof place === 'number' && Number.isSafeInteger(place) && place >= 0)
    return place;
  throw invalid({
    code: 'CURSOR_INVALID',
    message: 'The cursor is none that a page of this list gave.',
    action: 'Begin without a cursor, and hand on `next` as it is.',
    operation: 'read a page',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
