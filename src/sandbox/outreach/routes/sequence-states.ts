import { z } from 'zod';
import { notFound, validation } from '../errors.js';
import type { Org } from '../org.js';
import { type Changes, moveState } from '../rules/amend.js';
import { reference, shaped } from '../rules/body.js';
import { addToSequence } from '../rules/enrol.js';
import { isUnfinished } from '../rules/opt-out.js';
import { SEQUENCE_STATE } from '../schema/resources.js';
import { isoTime } from '../store/record.js';
import { existing, noParameters, written } from './collections.js';
import { type Answer, type Ask, NO_CONTENT, type Route } from './route.js';

/** Every attribute of a sequence state is read-only. */
const CREATE = z.strictObject({
  data: z.strictObject({
    type: z.literal('sequenceState'),
    attributes: z.strictObject({}).optional(),
    relationships: z.strictObject({
      prospect: reference('prospect'),
      sequence: reference('sequence'),
      mailbox: reference('mailbox'),
    }),
  }),
});

const WRITE = 'sequenceStates.write';

export const SEQUENCE_STATE_ROUTES: readonly Route[] = [
  { method: 'post', path: '/sequenceStates', scope: WRITE, answer: create },
  { method: 'post', path: '/sequenceStates/:id/actions/:action', scope: WRITE, answer: act },
  { method: 'delete', path: '/sequenceStates/:id', scope: 'sequenceStates.delete', answer: remove },
];

function create(org: Org, ask: Ask): Answer {
  noParameters(ask);
  const { prospect, sequence, mailbox } = shaped(CREATE, ask.body).data.relationships;
  const ids = { prospect: prospect.data.id, sequence: sequence.data.id, mailbox: mailbox.data.id };
  return written(org, SEQUENCE_STATE, addToSequence(org, ids), 201);
}

interface Action {
  readonly from: (state: unknown) => boolean;
  readonly to: string;
  readonly changes: (at: string) => Changes;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  finish: { from: isUnfinished, to: 'finished', changes: () => ({}) },
  pause: { from: (state) => state === 'active', to: 'paused', changes: () => ({ pauseReason: 'manual' }) },
  resume: {
    from: (state) => state === 'paused',
    to: 'active',
    changes: (at) => ({ pauseReason: null, activeAt: at }),
  },
};

function act(org: Org, ask: Ask): Answer {
  noParameters(ask);
  const name = ask.params.action ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw notFound('action', name);
  const { id, attributes } = existing(SEQUENCE_STATE, org.states, ask);
  if (!action.from(attributes.state)) {
    throw validation(`Cannot ${name} a sequence state that is ${attributes.state}.`);
  }
  const at = Math.floor(org.clock.now());
  moveState(org, id, action.to, { at, changes: action.changes(isoTime(at)) });
  return written(org, SEQUENCE_STATE, existing(SEQUENCE_STATE, org.states, ask));
}

/** Removed, not finished: the prospect was never here, and may be added again. */
function remove(org: Org, ask: Ask): Answer {
  noParameters(ask);
  org.states.remove(existing(SEQUENCE_STATE, org.states, ask).id);
  return NO_CONTENT;
}
