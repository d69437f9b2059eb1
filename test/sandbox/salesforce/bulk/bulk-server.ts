import { startClock } from '../../../../src/sandbox/clock.js';
import { type Loopback, startLoopback } from '../../../../src/sandbox/http/loopback.js';
import { bulkRoutes } from '../../../../src/sandbox/salesforce/bulk/index.js';
import type { BulkSettings } from '../../../../src/sandbox/salesforce/bulk/settings.js';
import { field } from '../../../../src/sandbox/salesforce/schema/fields.js';
import type { Row } from '../../../../src/sandbox/salesforce/schema/types.js';
import { type Book, NO_ROWS } from '../../../../src/sandbox/salesforce/store/base-rows.js';
import type { Org } from '../../../../src/sandbox/salesforce/store/org.js';
import { startOrg } from '../../../../src/sandbox/salesforce/store/start-org.js';

/** A book with nothing in it but two custom fields on Account. */
const EMPTY_BOOK: Book = {
  rows: new Map([['Account', NO_ROWS]]),
  customObjects: [],
  customFields: new Map([
    [
      'Account',
      [
        field('Ext__c', 'string', { externalId: true, unique: true }),
        field('Score__c', 'double', { precision: 5, scale: 1 }),
      ],
    ],
  ]),
  notes: [],
  orgName: 'Test',
  timeZone: 'UTC',
  currency: 'EUR',
  multiCurrency: false,
};

export interface BulkServer extends Loopback {
  readonly org: Org;
  readonly token: string;
  readonly call: (method: string, path: string, request?: Sent) => Promise<Answer>;
}

export interface Sent {
  readonly json?: unknown;
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the server said
  readonly json: any;
}

export const VERSION = '62.0';

export async function startBulkServer(
  settings: Partial<BulkSettings> = {},
  book = EMPTY_BOOK,
): Promise<BulkServer> {
  const clock = startClock(Date.parse('2026-03-02T09:00:00Z'), () => 0);
  const org = startOrg({ seed: 1, clock, book });
  const loopback = await startLoopback({
    port: 0,
    clock,
    seed: 1,
    kindOf: (method, path) => `${method} ${path}`,
    faultBody: (status) => [{ errorCode: `ERROR_${status}`, message: 'on purpose' }],
    mount: (app, room) => bulkRoutes(settings)(app, { org, loopback: room }),
  });
  const token = org.sessions.open(org.users.admin, null).token;
  return {
    ...loopback,
    org,
    token,
    call: (method, path, sent) => call(loopback, token, { method, path, ...sent }),
  };
}

async function call(
  server: Loopback,
  token: string,
  { method, path, json, csv, headers }: Sent & { readonly method: string; readonly path: string },
): Promise<Answer> {
  const body = json === undefined ? csv : JSON.stringify(json);
  const type = json === undefined ? 'text/csv' : 'application/json';
  const url = path.startsWith('/services') ? path : `/services/data/v${VERSION}/jobs${path}`;
  const answer = await fetch(server.url() + url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: /^[[{]/.test(text) ? JSON.parse(text) : null,
  };
}

export function plantAccounts(
  org: Org,
  count: number,
  more: (n: number) => Row = () => ({}),
): readonly string[] {
  return Array.from({ length: count }, (_, n) => org.plant('Account', { Name: `Account ${n}`, ...more(n) }));
}
