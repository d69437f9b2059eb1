import { z } from 'zod';
import { CHANNEL_IDS } from '../../../domain/engagement/channel.js';
import { NO_HOLD, setHold } from '../../../service/actions/controls.js';
import { type Controls, readControls } from '../../../sync/controls.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import { list, NO_BODY, NOTHING, playbookId } from './words.js';

export const CONTROLS_SHAPE = z.strictObject({
  paused: z.strictObject({
    all: z.boolean().describe('Nothing is sent, no task opened.'),
    fields: z.boolean().describe('Account fields are not written.'),
    playbooks: list(z.string()),
    channels: list(z.enum(CHANNEL_IDS)),
  }),
  stopped: list(z.string()).describe('Episodes or accounts that were stopped by hand.'),
});

export function controlsOf({ all, fields, playbooks, channels, stopped }: Controls) {
  return { paused: { all, fields, playbooks, channels }, stopped };
}

const now = endpoint({
  method: 'get',
  path: '/controls',
  summary: 'What is paused, and what was stopped by hand',
  tag: 'controls',
  scope: 'read',
  status: 200,
  shapes: { path: NOTHING, query: NOTHING, body: NO_BODY, answer: CONTROLS_SHAPE },
  handle: async ({ state }) => controlsOf(await readControls(state.notes)),
});

const named = z.strictObject({
  all: z.boolean().default(false).describe('Everything that is sent, tasks included.'),
  fields: z.boolean().default(false).describe('The fields of accounts.'),
  playbook: playbookId.optional(),
  channel: z.enum(CHANNEL_IDS).optional(),
});

function holding(verb: 'pause' | 'resume'): Endpoint {
  return endpoint({
    method: 'post',
    path: `/controls/${verb}`,
    summary: verb === 'pause' ? 'Hold back what is named' : 'Let go on what is named',
    tag: 'controls',
    scope: 'write',
    status: 200,
    shapes: { path: NOTHING, query: NOTHING, body: named, answer: CONTROLS_SHAPE },
    handle: async (desk, { body: { playbook = null, channel = null, ...flags } }, asker) =>
      controlsOf(
        await setHold(
          desk,
          { hold: { ...NO_HOLD, ...flags, playbook, channel }, on: verb === 'pause' },
          asker,
        ),
      ),
  });
}

export const CONTROLS: readonly Endpoint[] = [now, holding('pause'), holding('resume')];
