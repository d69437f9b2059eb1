import { setTimeout as wait } from 'node:timers/promises';
import { processBudgets } from '../../../../../src/adapters/budget/process/index.js';
import {
  DEFAULT_SETTINGS,
  type SalesforceSettings,
  salesforceCrm,
} from '../../../../../src/adapters/crm/salesforce/index.js';
import type { CrmValue } from '../../../../../src/ports/crm.js';
import { startClock } from '../../../../../src/sandbox/clock.js';
import { type SalesforceServer, startSalesforce } from '../../../../../src/sandbox/salesforce/start.js';
import type { Book } from '../../../../../src/sandbox/salesforce/store/base-rows.js';
import { emptyBook } from '../../../../../src/sandbox/salesforce/store/empty-book.js';
import { silentLog } from './salesforce.js';

export const START = Date.UTC(2026, 2, 10, 12);

/** The server's jobs take a little real time; ours must not be asked for in a tight loop. */
const SHORT_WAIT_MS = 20;

type Values = Readonly<Record<string, CrmValue>>;

/** The embedded org over HTTP, our adapter logged in to it, and the hands of its administrator. */
export interface EmbeddedOrg {
  readonly server: SalesforceServer;
  /** A new adapter each time, as a new process would have. */
  readonly connect: (settings?: Partial<SalesforceSettings>) => ReturnType<typeof salesforceCrm>;
  readonly pass: (ms: number) => void;
  /** As the platform stores rows, in one second. */
  readonly plant: (object: string, rows: readonly Values[]) => readonly string[];
  /** As the administrator does it over the API. */
  readonly asAdmin: (method: string, path: string, body?: unknown) => Promise<void>;
  /** A record made by the administrator over the API. */
  readonly created: (object: string, values: Values) => Promise<{ readonly id: string }>;
  /** A call to the switches. */
  readonly control: (path: string, body: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function anEmbeddedOrg(book: Partial<Book> = {}): Promise<EmbeddedOrg> {
  const clock = startClock(START, () => 0);
  const server = await startSalesforce({ seed: 11, clock, book: emptyBook(book) });
  const [client] = server.credentials.clients;
  const admin = server.org.sessions.open(server.org.users.admin, null);
  const impatient = { now: clock.now, sleep: () => wait(SHORT_WAIT_MS) };
  const connect = (settings: Partial<SalesforceSettings> = {}) =>
    salesforceCrm({
      auth: { kind: 'client-credentials', clientId: client?.id ?? '', clientSecret: client?.secret ?? '' },
      loginUrl: server.url(),
      instanceUrl: null,
      apiVersion: '62.0',
      budgets: processBudgets({ clock: impatient }),
      clock: impatient,
      log: silentLog,
      settings: { ...DEFAULT_SETTINGS, random: () => 0.5, timeoutMs: 10_000, ...settings },
    });
  const call = async (method: string, path: string, body: unknown): Promise<string> => {
    const response = await fetch(`${server.url()}${path}`, {
      method,
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  };
  return {
    server,
    connect,
    pass: clock.advance,
    plant: (object, rows) => rows.map((row) => server.org.plant(object, row)),
    asAdmin: async (method, path, body) => {
      await call(method, `/services/data/v62.0${path}`, body);
    },
    created: async (object, values) => {
      const made = await call('POST', `/services/data/v62.0/sobjects/${object}`, values);
      return JSON.parse(made) as { readonly id: string };
    },
    control: async (path, body) => {
      await call('POST', `/__sandbox${path}`, body);
    },
    close: server.close,
  };
}
