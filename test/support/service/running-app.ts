import { inlineQueue } from '../../../src/adapters/queue/inline/index.js';
import { openMemoryServiceStore } from '../../../src/adapters/state/memory/service-store.js';
import { memoryThrottles } from '../../../src/adapters/throttle/flexible/index.js';
import { NO_LOG } from '../../../src/entrypoints/connection/log-file.js';
import { type AppOptions, createApp } from '../../../src/entrypoints/http/app.js';
import { type HttpOptions, type RunningHttp, startHttp } from '../../../src/entrypoints/http/start-http.js';
import { USUAL_JOB_PATIENCE } from '../../../src/ports/job-retry.js';
import type { Scope } from '../../../src/ports/service-store.js';
import { createToken } from '../../../src/service/access/tokens.js';
import type { Desk } from '../../../src/service/desk.js';
import { beat } from '../../../src/service/engines.js';
import type { World } from '../world/world.js';

/** An app that really listens, over the state of a company in this process. */
export interface RunningApp extends RunningHttp {
  readonly desk: Desk;
  /** Asks with the token of a scope; `null` = without any. */
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  readonly tokenOf: (scope: Scope) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface Asked {
  readonly scope?: Scope | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire has no type before a test looks at it.
  readonly json: any;
}

/** The desk of a company in this process. */
export function deskOf({ tools }: World, org = 'world'): Desk {
  const { state, clock, digest, settings } = tools;
  const queue = inlineQueue({ clock, log: NO_LOG, patience: USUAL_JOB_PATIENCE, random: () => 0, kept: 100 });
  return {
    org,
    settings: () => settings,
    state,
    store: openMemoryServiceStore(),
    queue,
    clock,
    log: NO_LOG,
    digest,
  };
}

export interface AppChoice {
  readonly options?: Partial<AppOptions>;
  readonly http?: Partial<HttpOptions>;
  readonly others?: readonly Desk[];
}

export async function runningApp(
  desk: Desk,
  { options, http, others = [] }: AppChoice = {},
): Promise<RunningApp> {
  const throttles = memoryThrottles();
  const app = createApp([desk, ...others], {
    throttles,
    publicUrl: null,
    proxies: 0,
    version: '0.0.0-test',
    log: NO_LOG,
    realNow: desk.clock.now,
    parts: [],
    ...options,
  });
  await beat(desk.state.notes, { holder: 'test', at: desk.clock.now(), startedAt: desk.clock.now() });
  const running = await startHttp(app, { host: '127.0.0.1', port: 0, ...http });
  const tokens = new Map<Scope, Promise<string>>();
  const tokenOf = (scope: Scope): Promise<string> => {
    const made = tokens.get(scope) ?? makeToken(desk, scope);
    tokens.set(scope, made);
    return made;
  };
  return {
    ...running,
    desk,
    tokenOf,
    ask: async (method, path, asked = {}) =>
      send(running.url + path, await requestOf(method, asked, tokenOf)),
    stop: async () => {
      await running.close(0);
      await desk.queue.close();
    },
  };
}

async function makeToken(desk: Desk, scope: Scope): Promise<string> {
  const asker = { who: 'cli:test', trace: 'test' };
  return (await createToken(desk, { name: `test ${scope}`, scope }, asker)).secret;
}

async function requestOf(
  method: string,
  { scope = 'read', body, headers = {} }: Asked,
  tokenOf: (scope: Scope) => Promise<string>,
): Promise<RequestInit> {
  const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method,
    redirect: 'manual',
    headers: {
      ...(scope === null ? {} : { Authorization: `Bearer ${await tokenOf(scope)}` }),
      ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent as string }),
  };
}

async function send(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, request);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : null,
  };
}
