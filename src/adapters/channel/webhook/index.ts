import type { Channel } from '../../../ports/marketing.js';
import { checkedSecret, checkedUrl } from './address.js';
import { deliverAll } from './deliver.js';
import type { WebhookOptions } from './options.js';

export type { WebhookOptions } from './options.js';

/** Tells somebody else's system of each enrolment, signed. Throws a Config error when URL or secret are unfit. */
export function webhookChannel(options: WebhookOptions): Channel {
  const sender = {
    fetch: globalThis.fetch,
    ...options,
    url: checkedUrl(options.url),
    secret: checkedSecret(options.secret),
  };
  return {
    id: 'webhook',
    exists: async () => true,
    prepare: async () => undefined,
    enrol: (target, requests) => deliverAll(sender, target, requests),
    // Nobody is asked: the receiver knows each key that it had, so that the same may be sent again.
    enrolled: async () => new Map(),
    leave: async (_target, requests) => requests.map(({ key }) => ({ key, outcome: 'cannot' })),
    touches: async () => null,
    room: async () => null,
    forecastCalls: (persons) => persons,
  };
}
