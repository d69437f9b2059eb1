import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Company } from './company.js';
import { type RealProcess, startTruenorth } from './real-process.js';

/** The service as a process of its own, over HTTP. */
export interface Service {
  readonly url: string;
  readonly process: RealProcess;
  /** A call of API v1 with the token that was made for it. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;
  /** Asks again until the answer is right; rejects when the process ends before. */
  readonly until: (path: string, right: (body: ApiBody) => boolean) => Promise<ApiBody>;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API, looked into by each test
export type ApiBody = any;

export interface ApiAnswer {
  readonly status: number;
  readonly body: ApiBody;
}

const ASK_EVERY_MS = 100;

/** Starts `truenorth serve` and waits until it is ready. */
export async function aService(company: Company, ...args: readonly string[]): Promise<Service> {
  const token = await aToken(company);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const where = ['--dir', company.folder, '--env-file', company.envFile];
  const process = startTruenorth('serve', '--port', String(port), ...where, ...args);
  const ended = process.ended.then(({ err }) => {
    throw new Error(`The service ended: ${err}`);
  });
  ended.catch(() => undefined);
  await Promise.race([process.says(/serves/), ended]);
  const api = async (method: string, path: string, body?: unknown): Promise<ApiAnswer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const until = async (path: string, right: (body: ApiBody) => boolean): Promise<ApiBody> => {
    for (;;) {
      const { body } = await Promise.race([api('GET', path), ended]);
      if (right(body)) return body;
      await wait(ASK_EVERY_MS);
    }
  };
  return { url, process, api, until };
}

async function aToken({ truenorth }: Company): Promise<string> {
  const made = await truenorth('tokens', 'create', '--name', 'test', '--scope', 'admin', '--json');
  return String(made.json().token);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
