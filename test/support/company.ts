import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { writeEnvFile } from '../../src/entrypoints/cli/commands/sandbox.js';
import { program } from '../../src/entrypoints/cli/program.js';
import { type Sandbox, type SandboxStart, startSandbox } from '../../src/sandbox/start.js';

/** What a command line answered. */
export interface Answer {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** The one object of `--json`; throws when there was none. */
  // biome-ignore lint/suspicious/noExplicitAny: what others script against is checked by its values
  readonly json: () => any;
}

/** A company: embedded Salesforce and HubSpot, and a folder in which commands are typed. */
export interface Company {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly envFile: string;
  /** Runs a command line with the company's folder and env file. */
  readonly truenorth: (...args: readonly string[]) => Promise<Answer>;
  /** The same in another folder of its own: another worker with nothing but the org. */
  readonly inFolder: (folder: string, ...args: readonly string[]) => Promise<Answer>;
  readonly salesforce: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly control: (
    server: 'salesforce' | 'hubspot',
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<unknown>;
  /** As the administrator, who may do what the service's own user may not. */
  readonly asAdmin: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** The first page. */
  readonly soql: (query: string) => Promise<readonly Record<string, unknown>[]>;
  /** Every page. */
  readonly soqlAll: (query: string) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

interface QueryPage {
  readonly records: Record<string, unknown>[];
  readonly nextRecordsUrl?: string;
}

export async function aCompany(start: Partial<SandboxStart> = {}): Promise<Company> {
  const sandbox = await startSandbox({
    accounts: 40,
    seed: 7,
    now: Date.parse('2026-11-20T10:00:00Z'),
    port: 0,
    ...start,
  });
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-test-'));
  const envFile = join(folder, 'sandbox.env');
  writeEnvFile(envFile, sandbox);
  const inFolder = (dir: string, ...args: readonly string[]) =>
    typed([...args, '--dir', dir, '--env-file', envFile]);
  const as = (token: () => string) => (method: string, path: string, body?: unknown) =>
    call(`${sandbox.salesforce.url}/services/data/v62.0${path}`, method, { body, token: token() });
  const salesforce = as(() => sandbox.salesforce.accessToken);
  return {
    sandbox,
    folder,
    envFile,
    truenorth: (...args) => inFolder(folder, ...args),
    inFolder,
    salesforce,
    asAdmin: as(() => sandbox.salesforce.adminAccessToken),
    control: (server, method, path, body) =>
      call(`${sandbox[server].url}/__sandbox${path}`, method, { body, token: null }),
    soql: async (query) => {
      const answer = (await salesforce('GET', `/query?q=${encodeURIComponent(query)}`)) as QueryPage;
      return answer.records;
    },
    soqlAll: async (query) => {
      const records: Record<string, unknown>[] = [];
      for (let path: string | undefined = `/query?q=${encodeURIComponent(query)}`; path !== undefined; ) {
        const page = (await salesforce('GET', path)) as QueryPage;
        records.push(...page.records);
        path = page.nextRecordsUrl?.replace(/^.*\/v62\.0/, '');
      }
      return records;
    },
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A company whose org is mapped and installed. */
export async function anInstalledCompany(start: Partial<SandboxStart> = {}): Promise<Company> {
  const company = await aCompany(start);
  for (const args of [
    ['init', '--yes'],
    ['install', '--apply'],
  ]) {
    const { exit, err } = await company.truenorth(...args);
    if (exit !== 0) throw new Error(`truenorth ${args.join(' ')} ended with ${exit}: ${err}`);
  }
  return company;
}

/** Runs a command line as it is typed. */
export async function typed(args: readonly string[]): Promise<Answer> {
  const out = collector();
  const err = collector();
  const exit = await program(args, { out: out.stream, err: err.stream, env: { NO_COLOR: '1' } });
  return { exit, out: out.text(), err: err.text(), json: () => JSON.parse(out.text()) };
}

function collector() {
  const parts: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      parts.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => parts.join('') };
}

async function call(
  url: string,
  method: string,
  sent: { readonly body: unknown; readonly token: string | null },
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(sent.token === null ? {} : { authorization: `Bearer ${sent.token}` }),
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}
