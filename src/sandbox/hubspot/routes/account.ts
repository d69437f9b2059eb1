import { z } from 'zod';
import { notFound } from '../errors.js';
import type { Portal } from '../portal.js';
import { shaped } from '../rules/shape.js';
import type { ConnectedUser } from '../store/users.js';
import { pageSize } from './records.js';
import { type Answer, type Ask, ok, type Route } from './route.js';

const OWNERS = z.strictObject({
  email: z.string().optional(),
  limit: z.string().optional(),
  after: z.string().optional(),
  archived: z.enum(['true', 'false']).optional(),
});
const OWNER = z.strictObject({
  idProperty: z.enum(['id', 'userId']).optional(),
  archived: z.enum(['true', 'false']).optional(),
});

export const ACCOUNT_ROUTES: readonly Route[] = [
  { method: 'get', path: '/crm/v3/owners', scope: 'crm.objects.owners.read', answer: owners },
  { method: 'get', path: '/crm/v3/owners/:ownerId', scope: 'crm.objects.owners.read', answer: owner },
  { method: 'get', path: '/account-info/v3/details', scope: 'oauth', answer: details },
  { method: 'get', path: '/account-info/v3/api-usage/daily/private-apps', scope: 'oauth', answer: usage },
];

function owners(portal: Portal, ask: Ask): Answer {
  const query = shaped(OWNERS, ask.query);
  const limit = pageSize(query.limit, { most: 500, usual: 100 });
  const email = query.email?.trim().toLowerCase();
  const found = portal.users
    .all()
    .filter((user) => query.archived !== 'true' && (email === undefined || user.email === email));
  const from = Number(query.after ?? 0);
  const end = from + limit;
  return ok({
    results: found.slice(from, end).map((user) => shown(portal, user)),
    ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
  });
}

function owner(portal: Portal, ask: Ask): Answer {
  const { idProperty = 'id' } = shaped(OWNER, ask.query);
  const id = ask.params.ownerId;
  const found = portal.users.all().find((user) => (idProperty === 'id' ? user.ownerId : user.userId) === id);
  if (found === undefined) throw notFound(`Owner ${id} not found.`);
  return ok(shown(portal, found));
}

function shown(portal: Portal, user: ConnectedUser): Readonly<Record<string, unknown>> {
  const at = new Date(portal.openedAt).toISOString();
  return {
    id: user.ownerId,
    email: user.email,
    type: 'PERSON',
    firstName: user.firstName,
    lastName: user.lastName,
    userId: Number(user.userId),
    userIdIncludingInactive: Number(user.userId),
    createdAt: at,
    updatedAt: at,
    archived: false,
  };
}

/** A test account: nothing that is sent from here reaches a customer. */
function details(portal: Portal): Answer {
  return ok({
    portalId: portal.portalId,
    accountType: 'DEVELOPER_TEST',
    timeZone: portal.timeZone,
    companyCurrency: 'USD',
    additionalCurrencies: [],
    utcOffset: utcOffset(portal.timeZone, portal.clock.now()),
    utcOffsetMilliseconds: offsetMs(portal.timeZone, portal.clock.now()),
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  });
}

function usage(portal: Portal): Answer {
  const { quota } = portal;
  return ok({
    results: [
      {
        name: 'private-apps-api-calls-daily',
        usageLimit: quota.limits.daily,
        currentUsage: quota.usedToday(),
        collectedAt: new Date(Math.floor(portal.clock.now())).toISOString(),
        resetsAt: new Date(quota.resetsAt()).toISOString(),
        fetchStatus: 'SUCCESS',
      },
    ],
  });
}

function utcOffset(timeZone: string, at: number): string {
  const minutes = offsetMs(timeZone, at) / 60_000;
  const size = Math.abs(minutes);
  const clock = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${minutes < 0 ? '-' : '+'}${clock}`;
}

function offsetMs(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  const size = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -size : size;
}
