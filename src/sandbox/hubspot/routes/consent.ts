import { z } from 'zod';
import { notFound, VendorError, validation } from '../errors.js';
import type { Portal } from '../portal.js';
import { shaped } from '../rules/shape.js';
import { liveObject, stampObject } from '../rules/write.js';
import type { SubscriptionStatus, SubscriptionType } from '../store/consent.js';
import { type Answer, type Ask, ok, type Route } from './route.js';

const MOST_INPUTS = 100;

const V3_CHANGE = z.strictObject({
  emailAddress: z.string(),
  subscriptionId: z.string(),
  legalBasis: z.string().optional(),
  legalBasisExplanation: z.string().optional(),
});
const V4_CHANGE = z.strictObject({
  subscriptionId: z.number(),
  statusState: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NOT_SPECIFIED']),
  channel: z.literal('EMAIL'),
  legalBasis: z.string().optional(),
  legalBasisExplanation: z.string().optional(),
});
const CHANNEL = z.strictObject({
  channel: z.literal('EMAIL'),
  businessUnitId: z.string().optional(),
  verbose: z.string().optional(),
});
const EMAILS = z.strictObject({ inputs: z.array(z.string()) });

const READ = 'communication_preferences.read';
const WRITE = 'communication_preferences.write';
const BATCH_READ = 'communication_preferences.statuses.batch.read';
const BATCH_WRITE = 'communication_preferences.statuses.batch.write';
const V3 = '/communication-preferences/v3';
const V4 = '/communication-preferences/v4';

export const CONSENT_ROUTES: readonly Route[] = [
  { method: 'get', path: `${V3}/definitions`, scope: READ, answer: definitionsV3 },
  { method: 'get', path: `${V3}/status/email/:email`, scope: READ, answer: statusV3 },
  { method: 'post', path: `${V3}/subscribe`, scope: WRITE, answer: subscribeV3 },
  { method: 'post', path: `${V3}/unsubscribe`, scope: WRITE, answer: unsubscribeV3 },
  { method: 'get', path: `${V4}/definitions`, scope: READ, answer: definitionsV4 },
  { method: 'post', path: `${V4}/statuses/batch/read`, scope: BATCH_READ, answer: readBatch },
  { method: 'post', path: `${V4}/statuses/batch/unsubscribe-all`, scope: BATCH_WRITE, answer: leaveBatch },
  { method: 'post', path: `${V4}/statuses/batch/unsubscribe-all/read`, scope: BATCH_READ, answer: leftBatch },
  { method: 'get', path: `${V4}/statuses/:email`, scope: READ, answer: statusV4 },
  { method: 'post', path: `${V4}/statuses/:email`, scope: WRITE, answer: changeV4 },
  { method: 'get', path: `${V4}/statuses/:email/unsubscribe-all`, scope: READ, answer: leftAll },
  { method: 'post', path: `${V4}/statuses/:email/unsubscribe-all`, scope: WRITE, answer: leaveAll },
];

function definitionsV3(portal: Portal): Answer {
  return ok({ subscriptionDefinitions: portal.consent.types.map((type) => definition(portal, type)) });
}

function definitionsV4(portal: Portal): Answer {
  return ok({ status: 'COMPLETE', results: portal.consent.types.map((type) => definition(portal, type)) });
}

function definition(portal: Portal, type: SubscriptionType): Readonly<Record<string, unknown>> {
  const at = new Date(portal.openedAt).toISOString();
  return { ...type, isActive: true, isDefault: false, isInternal: false, createdAt: at, updatedAt: at };
}

function statusV3(portal: Portal, ask: Ask): Answer {
  const email = ask.params.email ?? '';
  return ok({
    recipient: email,
    subscriptionStatuses: portal.consent.types.map((type) => ({
      ...type,
      status: statusOf(portal, email, type.id) === 'SUBSCRIBED' ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED',
      sourceOfStatus: hasLeft(portal, email) ? 'PORTAL_WIDE_STATUS' : 'SUBSCRIPTION_STATUS',
    })),
  });
}

/** Somebody who opted out is not brought back by v3. */
function subscribeV3(portal: Portal, ask: Ask): Answer {
  const { emailAddress, subscriptionId } = shaped(V3_CHANGE, ask.body);
  if (statusOf(portal, emailAddress, subscriptionId) === 'UNSUBSCRIBED') {
    throw validation(`${emailAddress} has unsubscribed and cannot be resubscribed.`);
  }
  return changedV3(portal, emailAddress, { subscriptionId, status: 'SUBSCRIBED' });
}

function unsubscribeV3(portal: Portal, ask: Ask): Answer {
  const { emailAddress, subscriptionId } = shaped(V3_CHANGE, ask.body);
  return changedV3(portal, emailAddress, { subscriptionId, status: 'UNSUBSCRIBED' });
}

interface Change {
  readonly subscriptionId: string;
  readonly status: SubscriptionStatus;
}

function changedV3(portal: Portal, email: string, change: Change): Answer {
  const type = changed(portal, email, change);
  const status = change.status === 'SUBSCRIBED' ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED';
  return ok({ ...type, status, sourceOfStatus: 'SUBSCRIPTION_STATUS' });
}

function changed(portal: Portal, email: string, { subscriptionId, status }: Change): SubscriptionType {
  const type = portal.consent.types.find((one) => one.id === subscriptionId);
  if (type === undefined) throw notFound(`Subscription ${subscriptionId} does not exist.`);
  portal.consent.set(email, subscriptionId, { status, at: Math.floor(portal.clock.now()) });
  return type;
}

function statusV4(portal: Portal, ask: Ask): Answer {
  shaped(CHANNEL, ask.query);
  const email = ask.params.email ?? '';
  return ok({ status: 'COMPLETE', results: portal.consent.types.map((type) => entry(portal, email, type)) });
}

function changeV4(portal: Portal, ask: Ask): Answer {
  const email = ask.params.email ?? '';
  const { subscriptionId, statusState } = shaped(V4_CHANGE, ask.body);
  const type = changed(portal, email, { subscriptionId: String(subscriptionId), status: statusState });
  return ok({ status: 'COMPLETE', results: [entry(portal, email, type)] });
}

function entry(portal: Portal, email: string, type: SubscriptionType): Readonly<Record<string, unknown>> {
  return {
    subscriptionId: Number(type.id),
    subscriptionName: type.name,
    status: statusOf(portal, email, type.id),
    source: 'API',
    legalBasis: null,
    legalBasisExplanation: null,
    timestamp: new Date(portal.consent.statusOf(email, type.id)?.at ?? portal.openedAt).toISOString(),
    channel: 'EMAIL',
    subscriberIdString: email,
  };
}

function leftAll(portal: Portal, ask: Ask): Answer {
  shaped(CHANNEL, ask.query);
  return ok({ status: 'COMPLETE', results: [wide(portal, ask.params.email ?? '')] });
}

function leaveAll(portal: Portal, ask: Ask): Answer {
  shaped(CHANNEL, ask.query);
  const email = ask.params.email ?? '';
  leave(portal, email);
  return ok({ status: 'COMPLETE', results: [wide(portal, email)] });
}

function leave(portal: Portal, email: string): void {
  portal.consent.leaveAll(email, Math.floor(portal.clock.now()));
  const id = portal.contacts.rows.idWhere('email', email);
  if (id !== null) stampObject(portal.contacts, id, { hs_email_optout: 'true' });
}

function wide(portal: Portal, email: string): Readonly<Record<string, unknown>> {
  return {
    wideStatusType: 'PORTAL_WIDE',
    status: hasLeft(portal, email) ? 'UNSUBSCRIBED' : 'SUBSCRIBED',
    timestamp: new Date(portal.consent.leftAllAt(email) ?? portal.openedAt).toISOString(),
    channel: 'EMAIL',
    subscriberIdString: email,
  };
}

function readBatch(portal: Portal, ask: Ask): Answer {
  return batch(portal, ask, (email) => portal.consent.types.map((type) => entry(portal, email, type)));
}

function leftBatch(portal: Portal, ask: Ask): Answer {
  return batch(portal, ask, (email) => [wide(portal, email)]);
}

function leaveBatch(portal: Portal, ask: Ask): Answer {
  return batch(portal, ask, (email) => {
    leave(portal, email);
    return [wide(portal, email)];
  });
}

/** Only in Enterprise. */
function batch(portal: Portal, ask: Ask, statusesOf: (email: string) => readonly unknown[]): Answer {
  if (portal.edition !== 'enterprise') {
    throw new VendorError(403, {
      category: 'MISSING_SCOPES',
      message: 'This endpoint needs Marketing Hub Enterprise.',
      errors: [{ message: 'Missing scopes.', context: { requiredGranularScopes: [BATCH_READ] } }],
    });
  }
  const { inputs } = shaped(EMAILS, ask.body);
  if (inputs.length > MOST_INPUTS) throw validation(`The maximum number of inputs is ${MOST_INPUTS}.`);
  const at = new Date(Math.floor(portal.clock.now())).toISOString();
  const results = inputs.map((email) => ({ subscriberIdString: email, statuses: statusesOf(email) }));
  return ok({ status: 'COMPLETE', results, startedAt: at, completedAt: at });
}

function statusOf(portal: Portal, email: string, subscriptionId: string): SubscriptionStatus {
  if (hasLeft(portal, email)) return 'UNSUBSCRIBED';
  return portal.consent.statusOf(email, subscriptionId)?.status ?? 'NOT_SPECIFIED';
}

function hasLeft(portal: Portal, email: string): boolean {
  if (portal.consent.leftAllAt(email) !== null) return true;
  const id = portal.contacts.rows.idWhere('email', email);
  return id !== null && liveObject(portal.contacts, id).properties.hs_email_optout === 'true';
}
