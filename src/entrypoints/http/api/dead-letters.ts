import { z } from 'zod';
import { discardLetter, retryLetters } from '../../../service/actions/dead-letters.js';
import { lettersOf } from '../../../service/views/dead-letters.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import { day, letterId, limit, list, NO_BODY, NOTHING } from './words.js';

const onePath = z.strictObject({ id: letterId });
const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

const letter = z.strictObject({
  id: z.string(),
  run: z.string(),
  object: z.string(),
  record: z.string(),
  account: z.string(),
  attempts: z.number(),
  day,
  code: z.string(),
  message: z.string(),
  fields: list(z.string()),
  advice: z.string(),
});

const contested = z.strictObject({
  field: z.string(),
  record: z.string(),
  records: z.number(),
  wrote: value,
  holds: value,
  times: z.number(),
  advice: z.string(),
});

const retried = z.strictObject({ retried: z.number(), contested: z.number() });

const all = endpoint({
  method: 'get',
  path: '/dead-letters',
  summary: 'Records that were refused, and fields that others keep changing, each with what to do',
  tag: 'dead letters',
  scope: 'read',
  status: 200,
  shapes: {
    path: NOTHING,
    query: z.strictObject({ limit: limit(100, 1_000) }),
    body: NO_BODY,
    answer: z.strictObject({ total: z.number(), letters: list(letter), contested: list(contested) }),
  },
  handle: ({ state }, { query }) => lettersOf(state, query.limit),
});

const retryAll = endpoint({
  method: 'post',
  path: '/dead-letters/retry',
  summary: 'Let all that waits, or what is named, be tried again by the next run',
  tag: 'dead letters',
  scope: 'write',
  status: 200,
  shapes: {
    path: NOTHING,
    query: NOTHING,
    body: z.strictObject({ ids: z.union([z.literal('all'), z.array(letterId).min(1).max(1_000)]) }),
    answer: retried,
  },
  handle: (desk, { body }, asker) => retryLetters(desk, body.ids, asker),
});

const retryOne = endpoint({
  method: 'post',
  path: '/dead-letters/{id}/retry',
  summary: 'Let one refused record be tried again by the next run',
  tag: 'dead letters',
  scope: 'write',
  status: 200,
  shapes: { path: onePath, query: NOTHING, body: NO_BODY, answer: retried },
  handle: (desk, { path }, asker) => retryLetters(desk, [path.id], asker),
});

const discard = endpoint({
  method: 'delete',
  path: '/dead-letters/{id}',
  summary: 'Let go of a refused record: it is not tried again before its content changes',
  tag: 'dead letters',
  scope: 'write',
  status: 204,
  shapes: { path: onePath, query: NOTHING, body: NO_BODY, answer: z.undefined() },
  handle: async (desk, { path }, asker) => {
    await discardLetter(desk, path.id, asker);
    return undefined;
  },
});

export const DEAD_LETTERS: readonly Endpoint[] = [all, retryAll, retryOne, discard];
