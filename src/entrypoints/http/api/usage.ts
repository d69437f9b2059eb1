import { type ZodType, z } from 'zod';
import { ATTRIBUTES } from '../../../domain/facts/attributes.js';
import type { Attribute } from '../../../domain/facts/record.js';
import { type GivenReading, type SentReading, takeUsageIn } from '../../../service/usage/take-in.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import { NOTHING } from './words.js';

const MOST_READINGS = 1_000;
const BODY_BYTES = 1_024 * 1_024;
/** No control character and nothing that is no text: what one store takes, every one does. */
const PLAIN = /^[^\p{C}]*$/u;

/** What an attribute may hold, by its type in our words. */
const VALUES: Readonly<Record<'text' | 'number', (label: string) => ZodType<string | number>>> = {
  text: (label) => z.string().min(1).max(255).regex(PLAIN, 'no control characters').describe(label),
  number: (label) => z.number().min(0).max(1e12).describe(label),
};

function attributeShapes(): Readonly<Record<string, ZodType>> {
  const attributes: readonly (readonly [string, Attribute])[] = Object.entries(ATTRIBUTES.usage);
  return Object.fromEntries(
    attributes.flatMap(([name, { type, label }]) =>
      type === 'text' || type === 'number' ? [[name, VALUES[type](label).optional()]] : [],
    ),
  );
}

const READING = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(200)
    .regex(PLAIN, 'no control characters')
    .describe('Yours. The same id again is the same reading: a repeat, or a correction that replaces it.'),
  account: z
    .string()
    .regex(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/, 'it must be a Salesforce id of 15 or 18 characters')
    .describe('Account id, 15 or 18 characters.'),
  on: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'it must be a day, like 2026-11-26')
    .describe('Day of use.'),
  ...attributeShapes(),
});

const { $schema: _, ...READING_SCHEMA } = z.toJSONSchema(READING, { io: 'input' });

const BODY = z.strictObject({
  readings: z
    .array(z.unknown().meta(READING_SCHEMA))
    .min(1)
    .max(MOST_READINGS)
    .describe('Each is taken or refused by itself.'),
});

const OUTCOME = z.strictObject({
  id: z.string().nullable().describe('As it was sent; null = there was none that can be told.'),
  outcome: z
    .enum(['accepted', 'known', 'refused'])
    .describe(
      'accepted: stored for good. known: was stored before, and nothing changed. refused: not stored.',
    ),
  reason: z.string().optional().describe('Why it was refused.'),
});

const ANSWER = z.strictObject({
  accepted: z.int(),
  known: z.int(),
  refused: z.int(),
  readings: z.array(OUTCOME).readonly().describe('One for each reading, in the order of the request.'),
});

function parsed(given: unknown): GivenReading {
  const read = READING.safeParse(given);
  if (read.success) return read.data as SentReading;
  const { path, message } = read.error.issues[0] ?? { path: [], message: 'it is no reading' };
  const where = path.length > 0 ? `${path.join('.')}: ` : '';
  return { id: idOf(given), outcome: 'refused', reason: `${where}${message}`.slice(0, 300) };
}

function idOf(given: unknown): string | null {
  if (typeof given !== 'object' || given === null || !('id' in given)) return null;
  return typeof given.id === 'string' ? given.id.slice(0, 200) : null;
}

/** Usage comes in: batched, idempotent by source and id. The token is the source. */
const send = endpoint({
  method: 'post',
  path: '/usage',
  summary: 'Send usage in',
  tag: 'usage',
  scope: 'usage',
  status: 200,
  bodyBytes: BODY_BYTES,
  shapes: { path: NOTHING, query: NOTHING, body: BODY, answer: ANSWER },
  handle: async (desk, { body }, { who }) => {
    const readings = await takeUsageIn(desk, sourceOf(who), body.readings.map(parsed));
    const count = (wanted: string) => readings.filter(({ outcome }) => outcome === wanted).length;
    return { accepted: count('accepted'), known: count('known'), refused: count('refused'), readings };
  },
});

/** `token:id` → `id`: a source has no colon in it. */
function sourceOf(who: string): string {
  return who.replace(/^token:/, '').replaceAll(':', '-');
}

export const USAGE: readonly Endpoint[] = [send];
