import { startClock } from '../../../src/sandbox/clock.js';
import type { Fault } from '../../../src/sandbox/faults.js';
import {
  type OutreachServer,
  type OutreachStart,
  startOutreach,
} from '../../../src/sandbox/outreach/start.js';

export const TOKEN = 'sandbox-token';
export const NOON = Date.parse('2026-03-02T12:00:00Z');
export const SENDER = 'ines.moreau@northwind.example';
const MEDIA_TYPE = 'application/vnd.api+json';

/** An embedded account with two users on a clock that only moves when told. */
export function anOrg(start: Partial<OutreachStart> = {}): Promise<OutreachServer> {
  const clock = start.clock ?? startClock(NOON, () => 0);
  return startOutreach({
    seed: 7,
    accessToken: TOKEN,
    limitsNow: clock.now,
    users: [
      { email: SENDER, firstName: 'Inès', lastName: 'Moreau' },
      { email: 'tom.reid@northwind.example', firstName: 'Tom', lastName: 'Reid', sendDisabled: true },
    ],
    ...start,
    clock,
  });
}

export interface Resource {
  readonly type: string;
  readonly id: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, { readonly data?: { readonly id: number } | null }>>;
}

export interface Problem {
  readonly id: string;
  readonly detail?: string;
  readonly details?: string;
  readonly code?: string;
  readonly source?: { readonly pointer?: string; readonly parameter?: string };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Of a single record. */
  readonly data: Resource;
  /** Of a collection. */
  readonly list: readonly Resource[];
  readonly links: { readonly first?: string; readonly next?: string };
  readonly meta: { readonly count: number | null; readonly count_truncated: boolean };
  readonly errors: readonly Problem[];
}

export interface Caller {
  readonly get: (path: string) => Promise<Reply>;
  readonly post: (path: string, body?: unknown) => Promise<Reply>;
  readonly patch: (path: string, body: unknown) => Promise<Reply>;
  readonly remove: (path: string) => Promise<Reply>;
}

/** Calls below `/api/v2`, or a whole address that a link gave. */
export function caller(org: OutreachServer, token: string = TOKEN): Caller {
  const call = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const url = path.startsWith('http') ? path : `${org.url()}/api/v2${path}`;
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': MEDIA_TYPE },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, ...json, list: json.data };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    remove: (path) => call('DELETE', path),
  };
}

export async function aProspect(org: OutreachServer, email: string, more: object = {}): Promise<number> {
  const body = { data: { type: 'prospect', attributes: { emails: [email], ...more } } };
  const made = await caller(org).post('/prospects', body);
  if (made.status !== 201) throw new Error(`the prospect was not made: ${JSON.stringify(made.errors)}`);
  return made.data.id;
}

/** The id of the one record of this collection that has this name or address. */
export async function idOf(org: OutreachServer, path: string, filter: string): Promise<number> {
  const found = await caller(org).get(`/${path}?filter[${filter.replace('=', ']=')}`);
  const [one] = found.list;
  if (one === undefined) throw new Error(`no ${path} with ${filter}`);
  return one.id;
}

/** Adds the prospect to a sequence (`Getting started` unless told otherwise) from the sender's mailbox. */
export async function add(org: OutreachServer, prospect: number, more: Partial<Adding> = {}): Promise<Reply> {
  const sequence = await idOf(org, 'sequences', `name=${more.sequence ?? 'Getting started'}`);
  const mailbox = await idOf(org, 'mailboxes', `email=${more.mailbox ?? SENDER}`);
  return caller(org).post('/sequenceStates', adding({ prospect, sequence, mailbox }));
}

interface Adding {
  readonly sequence: string;
  readonly mailbox: string;
}

export function adding(ids: Readonly<Record<string, number>>): unknown {
  const relationships = Object.fromEntries(
    Object.entries(ids).map(([type, id]) => [type, { data: { type, id } }]),
  );
  return { data: { type: 'sequenceState', relationships } };
}

/** A switch of the sandbox: its status and body. */
export async function flip(org: OutreachServer, path: string, body?: unknown): Promise<Flipped> {
  const answer = await fetch(`${org.url()}/__sandbox/${path}`, {
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  });
  return { status: answer.status, body: await answer.json() };
}

interface Flipped {
  readonly status: number;
  readonly body: unknown;
}

export async function setFaults(org: OutreachServer, ...faults: readonly Fault[]): Promise<void> {
  const { status } = await flip(org, 'faults', faults);
  if (status !== 201) throw new Error(`faults were not taken: ${status}`);
}
