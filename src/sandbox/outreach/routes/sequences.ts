import { notFound, validation } from '../errors.js';
import type { Org } from '../org.js';
import { amend, moveState } from '../rules/amend.js';
import { settle } from '../rules/settle.js';
import { SEQUENCE } from '../schema/resources.js';
import { isoTime } from '../store/record.js';
import { existing, noParameters, written } from './collections.js';
import type { Answer, Ask, Route } from './route.js';

export const SEQUENCE_ROUTES: readonly Route[] = [
  { method: 'post', path: '/sequences/:id/actions/:action', scope: 'sequences.write', answer: act },
];

function act(org: Org, ask: Ask): Answer {
  noParameters(ask);
  const { action = '' } = ask.params;
  if (action !== 'activate' && action !== 'deactivate') throw notFound('action', action);
  const enabled = action === 'activate';
  const { id, attributes } = existing(SEQUENCE, org.sequences, ask);
  if (attributes.enabled === enabled) {
    throw validation(`Sequence is already ${enabled ? 'enabled' : 'disabled'}.`);
  }
  const at = Math.floor(org.clock.now());
  amend(org.sequences, id, { enabled, enabledAt: enabled ? isoTime(at) : null }, at);
  const [from, to] = enabled ? ['disabled', 'active'] : ['active', 'disabled'];
  for (const state of org.states.scan(0)) {
    if (state.related.sequence === id && state.attributes.state === from)
      moveState(org, state.id, to, { at });
  }
  settle(org);
  return written(org, SEQUENCE, existing(SEQUENCE, org.sequences, ask));
}
