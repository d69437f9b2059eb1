import { z } from 'zod';
import { approvePlan } from '../../../service/actions/approve.js';
import { cancelRun, pauseRun, resumeRun, startRun } from '../../../service/actions/runs.js';
import { planPage } from '../../../service/views/plan.js';
import { listRuns, runReport, runView } from '../../../service/views/runs.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import {
  counts,
  cursor,
  day,
  instant,
  limit,
  list,
  NO_BODY,
  NOTHING,
  next,
  placeIn,
  runId,
  toCursor,
} from './words.js';

const KINDS = ['field', 'enrolment', 'refusal', 'leave', 'carry', 'record'] as const;
const STATUSES = ['planned', 'intended', 'done', 'rejected', 'stale', 'unclear'] as const;
const onePath = z.strictObject({ id: runId });

const changes = z.strictObject({
  fields: z.number(),
  records: z.number(),
  enrolments: z.number(),
  tasks: z.number(),
  leaves: z.number(),
  crmRecords: z.number(),
});
const brakes = list(
  z.strictObject({ kind: z.enum(['band', 'tier', 'enrolment', 'source']), sentence: z.string() }),
);

const line = z.strictObject({
  id: z.string(),
  status: z.enum(['running', 'done', 'rejected', 'paused', 'cancelled', 'failed', 'abandoned']),
  stage: z.enum(['pull', 'assess', 'settle', 'apply', 'report']),
  apply: z.boolean().describe('False = it plans only.'),
  day,
  trigger: z.string().describe('What asked for it: `schedule`, `change`, `cli`, `user:…` or `token:…`.'),
  startedAt: instant,
  finishedAt: instant.nullable(),
  seconds: z.number().nullable(),
  changes: changes.nullable(),
  why: z.string().nullable().describe('Why it stopped early, or what held it back.'),
});

const planCounts = list(z.strictObject({ kind: z.enum(KINDS), status: z.string(), count: z.number() }));
const progress = list(
  z.strictObject({
    stage: z.string(),
    pieces: z.number(),
    ended: z.number(),
    done: z.number(),
    total: z.number().nullable(),
  }),
);
const run = line.extend({ progress, plan: planCounts, brakes });

const all = endpoint({
  method: 'get',
  path: '/runs',
  summary: 'The latest runs, newest first',
  tag: 'runs',
  scope: 'read',
  status: 200,
  shapes: {
    path: NOTHING,
    query: z.strictObject({ limit: limit(20, 500) }),
    body: NO_BODY,
    answer: z.strictObject({ runs: list(line) }),
  },
  handle: async ({ state }, { query }) => ({ runs: await listRuns(state, query.limit) }),
});

const one = endpoint({
  method: 'get',
  path: '/runs/{id}',
  summary: 'A run: how far it is, what its plan holds, and what became of it',
  tag: 'runs',
  scope: 'read',
  status: 200,
  shapes: { path: onePath, query: NOTHING, body: NO_BODY, answer: run },
  handle: ({ state }, { path }) => runView(state, path.id),
});

const start = endpoint({
  method: 'post',
  path: '/runs',
  summary: 'Ask for a run; it begins as soon as none is under way',
  tag: 'runs',
  scope: 'write',
  status: 202,
  shapes: {
    path: NOTHING,
    query: NOTHING,
    body: z.strictObject({
      kind: z.enum(['plan', 'sync']).describe('`plan` writes nothing.'),
      reconcile: z.boolean().default(false).describe('Compare all record ids now.'),
      full: z.boolean().default(false).describe('Assess every account.'),
    }),
    answer: z.strictObject({ id: z.string() }),
  },
  handle: async (desk, { body: { kind, reconcile, full } }, asker) => ({
    id: await startRun(desk, { apply: kind === 'sync', reconcile, full }, asker),
  }),
});

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();
const item = z.strictObject({
  seq: z.number(),
  kind: z.enum(KINDS),
  status: z.enum(STATUSES),
  account: z.string(),
  what: z.string(),
  changes: list(z.strictObject({ field: z.string(), from: value, to: value })),
  playbook: z.string().nullable(),
  step: z.string().nullable(),
  channel: z.string().nullable(),
  contact: z.string().nullable(),
  why: z.string().nullable(),
  tryOn: day.nullable(),
});

const plan = endpoint({
  method: 'get',
  path: '/runs/{id}/plan',
  summary: 'The plan of a run, difference by difference; kept for the latest 20 runs',
  tag: 'runs',
  scope: 'read',
  status: 200,
  shapes: {
    path: onePath,
    query: z.strictObject({
      kind: z.enum(KINDS).optional(),
      status: z.enum(STATUSES).optional(),
      limit: limit(100, 500),
      cursor,
    }),
    body: NO_BODY,
    answer: z.strictObject({ items: list(item), next }),
  },
  handle: async ({ state }, { path, query }) => {
    const { kind = null, status = null, limit: most } = query;
    const after = placeIn(query.cursor, 'number');
    const page = await planPage(state, path.id, { kind, status, after, limit: most });
    return { items: page.items, next: page.next === null ? null : toCursor(page.next) };
  },
});

const report = endpoint({
  method: 'get',
  path: '/runs/{id}/report',
  summary: 'What a run ended in: the same as `truenorth sync --json` prints',
  tag: 'runs',
  scope: 'read',
  status: 200,
  shapes: {
    path: onePath,
    query: NOTHING,
    body: NO_BODY,
    answer: z.looseObject({
      run: z.string(),
      status: z.string(),
      applied: z.boolean(),
      changes,
      refused: counts('Not enrolled, by code.'),
      brakes,
      notes: list(z.string()),
    }),
  },
  handle: async ({ state }, { path }) => ({ ...(await runReport(state, path.id)) }),
});

const approve = endpoint({
  method: 'post',
  path: '/runs/{id}/approve',
  summary: 'Let the next run carry out, once, what the brakes held back in this one',
  tag: 'runs',
  scope: 'write',
  status: 200,
  shapes: {
    path: onePath,
    query: NOTHING,
    body: NO_BODY,
    answer: z.strictObject({
      run: z.string().nullable(),
      brakes,
      changes: changes.nullable(),
      approved: list(z.string()),
    }),
  },
  handle: (desk, { path }, asker) => approvePlan(desk, path.id, asker),
});

const ASKS = { pause: pauseRun, resume: resumeRun, cancel: cancelRun } as const;
const SUMMARIES = {
  pause: 'Ask a run to stop where it stands, until it is resumed',
  resume: 'Let a paused run go on from where it stands',
  cancel: 'Ask a run to stop for good; what was written stays',
} as const;

function asking(verb: keyof typeof ASKS): Endpoint {
  return endpoint({
    method: 'post',
    path: `/runs/{id}/${verb}`,
    summary: SUMMARIES[verb],
    tag: 'runs',
    scope: 'write',
    status: 202,
    shapes: {
      path: onePath,
      query: NOTHING,
      body: NO_BODY,
      answer: z.strictObject({ id: z.string(), status: line.shape.status }),
    },
    handle: async (desk, { path }, asker) => {
      const { id, status } = await ASKS[verb](desk, path.id, asker);
      return { id, status };
    },
  });
}

export const RUNS: readonly Endpoint[] = [
  all,
  one,
  start,
  plan,
  report,
  approve,
  asking('pause'),
  asking('resume'),
  asking('cancel'),
];
