import { z } from 'zod';
import type { Org } from '../org.js';
import { shaped } from '../rules/body.js';
import { ACCOUNT } from '../schema/resources.js';
import { isoTime } from '../store/record.js';
import { noParameters, written } from './collections.js';
import type { Answer, Ask, Route } from './route.js';

const TEXT = z.string().max(255).nullable().default(null);
const CREATE = z.strictObject({
  data: z.strictObject({
    type: z.literal('account'),
    attributes: z.strictObject({
      name: z.string().min(1).max(255),
      customId: TEXT,
      domain: TEXT,
      externalSource: TEXT,
      industry: TEXT,
    }),
  }),
});

export const ACCOUNT_ROUTES: readonly Route[] = [
  { method: 'post', path: '/accounts', scope: 'accounts.write', answer: create },
];

function create(org: Org, ask: Ask): Answer {
  noParameters(ask);
  const { attributes } = shaped(CREATE, ask.body).data;
  const now = isoTime(org.clock.now());
  const record = org.accounts.write({
    id: org.accounts.newId(),
    attributes: { ...attributes, createdAt: now, updatedAt: now },
    related: { owner: org.userId },
  });
  return written(org, ACCOUNT, record, 201);
}
