import { z } from 'zod';
import { vitalsOf } from '../../../service/views/vitals.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import { counts, cursor, instant, limit, list, NO_BODY, NOTHING, next, placeIn, toCursor } from './words.js';

const system = endpoint({
  method: 'get',
  path: '/system',
  summary: 'Runs, queue, budget, change feed and engines in numbers',
  tag: 'system',
  scope: 'read',
  status: 200,
  shapes: {
    path: NOTHING,
    query: NOTHING,
    body: NO_BODY,
    answer: z.strictObject({
      org: z.string(),
      runs: counts('Among the latest 100, by how they stand.'),
      lastRun: z
        .strictObject({
          id: z.string(),
          status: z.string(),
          finishedAt: instant,
          seconds: z.number(),
          written: z.number(),
          refused: z.number(),
        })
        .nullable(),
      queue: z.strictObject({
        waiting: z.number(),
        active: z.number(),
        delayed: z.number(),
        failed: z.number(),
        lagMs: z.number().nullable(),
      }),
      salesforce: z.strictObject({
        callsLastDay: z.number().describe('Requests that our runs of the last 24 hours sent.'),
        share: z.number().describe('Share of the daily requests of the org that is ours, 0-1.'),
        ceiling: z.number().describe('Share of them, by everybody, at which we stop, 0-1.'),
      }),
      deadLetters: z.number(),
      usageWaiting: z.number(),
      engines: z.number(),
      feed: z
        .strictObject({
          state: z.enum(['off', 'connecting', 'live', 'silent', 'lost']),
          sentence: z.string(),
          lastHeardAt: instant.nullable(),
        })
        .nullable()
        .describe('How the change feed stands; null where nobody ever followed one.'),
    }),
  },
  handle: async (desk) => {
    const { lastRun, salesforceCalls, feed, ...vitals } = await vitalsOf(desk, Date.now());
    const { share, orgCeiling } = desk.settings().service.api;
    return {
      org: desk.org,
      ...vitals,
      lastRun: lastRun && { ...lastRun, finishedAt: new Date(lastRun.finishedAt).toISOString() },
      feed: feed && { ...feed, lastHeardAt: isoOf(feed.lastHeardAt) },
      salesforce: { callsLastDay: salesforceCalls, share, ceiling: orgCeiling },
    };
  },
});

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

const entry = z.strictObject({
  at: instant,
  who: z.string(),
  what: z.string(),
  subject: z.string(),
  particulars: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()).readonly(),
  trace: z.string(),
});

const audit = endpoint({
  method: 'get',
  path: '/audit',
  summary: 'Every change that a person or a token made, latest first',
  tag: 'system',
  scope: 'admin',
  status: 200,
  shapes: {
    path: NOTHING,
    query: z.strictObject({ limit: limit(100, 500), cursor }),
    body: NO_BODY,
    answer: z.strictObject({ entries: list(entry), next }),
  },
  handle: async ({ store }, { query }) => {
    const kept = await store.audit.list(query.limit, placeIn(query.cursor, 'number'));
    const last = kept.length < query.limit ? undefined : kept.at(-1);
    return {
      entries: kept.map(({ position: _, at, ...same }) => ({ at: new Date(at).toISOString(), ...same })),
      next: last === undefined ? null : toCursor(last.position),
    };
  },
});

export const SYSTEM: readonly Endpoint[] = [system, audit];
