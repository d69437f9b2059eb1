import { z } from 'zod';
import { CHANNEL_IDS } from '../../../domain/engagement/channel.js';
import { NO_HOLD, setHold } from '../../../service/actions/controls.js';
import { askTrial } from '../../../service/actions/try-playbook.js';
import { playbookLines, playbookView } from '../../../service/views/playbooks.js';
import { knownTrial } from '../../../service/views/trials.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import { CONTROLS_SHAPE, controlsOf } from './controls.js';
import { day, instant, list, NO_BODY, NOTHING, playbookId } from './words.js';

const onePath = z.strictObject({ id: playbookId });

const line = z.strictObject({
  id: z.string(),
  label: z.string(),
  priority: z.number(),
  trigger: z.string().describe('In words.'),
  channels: list(z.enum(CHANNEL_IDS)),
  holdout: z.number().describe('Share of accounts kept out, 0-1.'),
  running: z.number(),
  heldOut: z.number(),
  paused: z.string().nullable(),
  refusals: list(z.strictObject({ code: z.string(), refused: z.number(), deferred: z.number() })).describe(
    'Of the last seven days.',
  ),
});

const playbook = line.extend({
  steps: list(
    z.strictObject({ id: z.string(), day: z.number(), channel: z.enum(CHANNEL_IDS), target: z.string() }),
  ),
  episodes: list(
    z.strictObject({
      id: z.string(),
      account: z.string(),
      edge: day,
      heldOut: z.boolean(),
      goalOn: day.nullable(),
    }),
  ).describe('Those that run, latest first, at most 50.'),
});

const all = endpoint({
  method: 'get',
  path: '/playbooks',
  summary: 'Every playbook: what starts it, what runs, what was refused and why',
  tag: 'playbooks',
  scope: 'read',
  status: 200,
  shapes: { path: NOTHING, query: NOTHING, body: NO_BODY, answer: z.strictObject({ playbooks: list(line) }) },
  handle: async (desk) => ({ playbooks: await playbookLines(desk) }),
});

const one = endpoint({
  method: 'get',
  path: '/playbooks/{id}',
  summary: 'A playbook with its steps and the episodes that run',
  tag: 'playbooks',
  scope: 'read',
  status: 200,
  shapes: { path: onePath, query: NOTHING, body: NO_BODY, answer: playbook },
  handle: (desk, { path }) => playbookView(desk, path.id),
});

function holding(verb: 'pause' | 'resume'): Endpoint {
  return endpoint({
    method: 'post',
    path: `/playbooks/{id}/${verb}`,
    summary: verb === 'pause' ? 'Hold a playbook back until it is resumed' : 'Let a playbook go on',
    tag: 'playbooks',
    scope: 'write',
    status: 200,
    shapes: { path: onePath, query: NOTHING, body: NO_BODY, answer: CONTROLS_SHAPE },
    handle: async (desk, { path }, asker) =>
      controlsOf(
        await setHold(desk, { hold: { ...NO_HOLD, playbook: path.id }, on: verb === 'pause' }, asker),
      ),
  });
}

const ask = endpoint({
  method: 'post',
  path: '/playbooks/{id}/try',
  summary: 'Ask who would be enrolled if what holds today had just begun; nothing is written to anybody',
  tag: 'playbooks',
  scope: 'write',
  status: 202,
  shapes: {
    path: onePath,
    query: NOTHING,
    body: NO_BODY,
    answer: z.strictObject({ id: z.string().describe('Of the trial: ask for it until it is done.') }),
  },
  handle: async (desk, { path }, asker) => ({ id: await askTrial(desk, path.id, asker) }),
});

const step = z.strictObject({
  account: z.string(),
  contact: z.string().nullable(),
  step: z.string(),
  channel: z.enum(CHANNEL_IDS),
});
const reasons = list(
  z.strictObject({
    code: z.string(),
    count: z.number(),
    final: z.boolean(),
    evidence: z.string(),
    example: step,
  }),
);

const trial = endpoint({
  method: 'get',
  path: '/trials/{id}',
  summary: 'A trial of a playbook: who would be enrolled, and why others would not',
  tag: 'playbooks',
  scope: 'read',
  status: 200,
  shapes: {
    path: z.strictObject({ id: z.string().regex(/^[0-9a-f]{12}$/, 'It must be the id of a trial.') }),
    query: NOTHING,
    body: NO_BODY,
    answer: z.strictObject({
      id: z.string(),
      playbook: z.string(),
      askedAt: instant,
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      result: z
        .strictObject({
          playbook: z.string(),
          label: z.string(),
          accounts: z.strictObject({
            read: z.number(),
            begin: z.number(),
            heldOut: z.number(),
            waiting: z.number(),
          }),
          enrolments: z.number(),
          tasks: z.number(),
          examples: list(step),
          refused: reasons,
          deferred: reasons,
          forecast: z.strictObject({
            sends: z.number(),
            tasks: z.number(),
            calls: z.partialRecord(z.enum(CHANNEL_IDS), z.number()).readonly(),
          }),
          notes: list(z.string()),
        })
        .nullable(),
      trouble: z.string().nullable(),
    }),
  },
  handle: async ({ state }, { path }) => {
    const { who: _, askedAt, ...asked } = await knownTrial(state.notes, path.id);
    return { ...asked, askedAt: new Date(askedAt).toISOString() };
  },
});

export const PLAYBOOKS: readonly Endpoint[] = [all, one, holding('pause'), holding('resume'), ask, trial];
