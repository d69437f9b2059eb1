import { z } from 'zod';
import { STANDING_ORDERS } from '../../../ports/standing-store.js';
import { explainedAccount, knownAccount } from '../../../service/views/account.js';
import { accountsPage } from '../../../service/views/accounts.js';
import { accountTimeline } from '../../../sync/timeline.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import { accountId, cursor, day, limit, list, NO_BODY, NOTHING, next, placeIn, toCursor } from './words.js';

const band = z.enum(['healthy', 'watch', 'risk', 'unknown']);
const onePath = z.strictObject({ id: accountId });

const lines = list(
  z.strictObject({
    source: z.string().describe('Signal id, `guard:<id>`, `guards` or `model`.'),
    label: z.string(),
    hundredths: z.number().describe('Exact; all lines sum to the whole.'),
    points: z.number().describe('Whole points as they are shown.'),
    text: z.string().optional(),
  }),
);

const factValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

const signals = list(
  z.strictObject({
    id: z.string(),
    dimension: z.string(),
    value: factValue,
    asOf: z.number().nullable().describe('Whole days since 1970-01-01.'),
    state: z.enum(['present', 'missing', 'stale']),
    score: z.number().nullable().describe('0-10000.'),
    share: z.number().describe('Share of the raw score, 0-1.'),
  }),
);

const pulse = z.strictObject({
  band: band.exclude(['unknown']),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  setOn: day,
  until: day.nullable(),
});

const account = z.strictObject({
  account: z.strictObject({ id: z.string(), name: z.string().nullable() }),
  score: z.number().nullable().describe('0-100; null while too little is known.'),
  scoreHundredths: z.number().nullable(),
  band,
  bandSource: z.enum(['model', 'guard', 'pulse', 'coverage']),
  modelBand: band,
  pulse: pulse.nullable(),
  coverage: z.number().describe('Percent of the model that could be seen.'),
  missing: list(z.string()),
  watermelon: z.boolean().nullable(),
  watermelonReason: z
    .string()
    .nullable()
    .describe('What lies beneath a healthy surface; null unless flagged.'),
  trend: z.enum(['up', 'flat', 'down']),
  pointsLost: lines.describe('Where the points went: all lines sum to 100 minus the score.'),
  change: lines.describe('The last change, line by line.'),
  changed: z
    .strictObject({
      fromScore: z.number().nullable(),
      toScore: z.number().nullable(),
      fromBand: band.nullable(),
      toBand: band,
      on: day,
    })
    .nullable(),
  signals,
  guards: list(z.string()),
  tier: z.string(),
  tierReason: z.string(),
  tierSince: day,
  tierWaitingFor: z.string().nullable(),
  measure: z.number().nullable(),
  phase: z.string().nullable(),
  stage: z.string().nullable(),
  model: z.string(),
  modelVersion: z.string(),
});

const listed = z.strictObject({
  account: z.string().describe('Account id, 18 characters.'),
  name: z.string(),
  score: z.number().nullable(),
  band,
  bandSince: day,
  tier: z.string(),
  tierSince: day,
  coverage: z.number(),
  measure: z.number().nullable(),
});

const allAccounts = endpoint({
  method: 'get',
  path: '/accounts',
  summary: 'Accounts by band, tier or a part of their name, with how each stands',
  tag: 'accounts',
  scope: 'read',
  status: 200,
  shapes: {
    path: NOTHING,
    query: z.strictObject({
      band: band.optional(),
      tier: z.string().max(64).optional().describe('Tier id, or `unassigned`.'),
      search: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .describe('Part of a name, without regard to case, or the first characters (at least 4) of an id.'),
      order: z
        .enum(STANDING_ORDERS)
        .default('name')
        .describe('`score`: lowest first. `measure`: highest first. `band-since`: latest first.'),
      limit: limit(50, 500),
      cursor,
    }),
    body: NO_BODY,
    answer: z.strictObject({ total: z.number(), accounts: list(listed), next }),
  },
  handle: async ({ state }, { query }) => {
    const page = await accountsPage(state, { ...query, place: placeIn(query.cursor, 'number') });
    return { ...page, next: page.next === null ? null : toCursor(page.next) };
  },
});

const oneAccount = endpoint({
  method: 'get',
  path: '/accounts/{id}',
  summary: 'Score, band, coverage, drivers, last change, tier and why, guards and pulse of an account',
  tag: 'accounts',
  scope: 'read',
  status: 200,
  shapes: { path: onePath, query: NOTHING, body: NO_BODY, answer: account },
  handle: ({ state }, { path }) => explainedAccount(state, path.id),
});

const happening = z.strictObject({
  day,
  kind: z.string(),
  what: z.string(),
  account: z.string(),
  playbook: z.string().nullable(),
  step: z.string().nullable(),
  channel: z.string().nullable(),
  contact: z.string().nullable(),
  why: z.string().nullable(),
  run: z.string().nullable(),
});

const timeline = endpoint({
  method: 'get',
  path: '/accounts/{id}/timeline',
  summary: 'Everything decided, done and seen for an account, latest first',
  tag: 'accounts',
  scope: 'read',
  status: 200,
  shapes: {
    path: onePath,
    query: z.strictObject({ limit: limit(100, 500), cursor }),
    body: NO_BODY,
    answer: z.strictObject({ happenings: list(happening), next }),
  },
  handle: async ({ state }, { path, query }) => {
    const all = await accountTimeline(state, await knownAccount(state, path.id));
    // What is handed on is how many are older: what is added meanwhile moves no page.
    const end = placeIn(query.cursor, 'number') ?? all.length;
    const start = Math.max(0, end - query.limit);
    return { happenings: all.slice(start, end).reverse(), next: start === 0 ? null : toCursor(start) };
  },
});

export const ACCOUNTS: readonly Endpoint[] = [allAccounts, oneAccount, timeline];
