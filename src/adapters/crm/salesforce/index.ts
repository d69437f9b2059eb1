import type { Budgets, CallLimits, Spending } from '../../../ports/call-budget.js';
import type { ChangeFeed } from '../../../ports/change-feed.js';
import type { Clock } from '../../../ports/clock.js';
import type { Crm } from '../../../ports/crm.js';
import type { CrmInstaller } from '../../../ports/crm-installer.js';
import type { Log } from '../../../ports/log.js';
import { type SalesforceAuth, tokenSource } from './auth.js';
import { type Budget, createBudget, spendingOf } from './budget.js';
import { type Client, createClient } from './client.js';
import { create } from './create.js';
import { createCatalogue, toDescription } from './describe.js';
import { forecastWrite } from './forecast.js';
import { createLimiter } from './limiter.js';
import { createInstaller } from './metadata/installer.js';
import { countRows, listObjects, readOrg } from './org.js';
import { pull } from './pull.js';
import type { Reading } from './reading.js';
import { fetchRecords, pullIds, sampleRecords } from './records.js';
import { remove } from './remove.js';
import { selectRecords } from './select.js';
import { createSession, type Session } from './session.js';
import type { OwnFields } from './streaming/convert.js';
import { salesforceFeed } from './streaming/index.js';
import { upsert } from './upsert.js';
import { write } from './write.js';
import { endJob } from './write-bulk.js';

export type { SalesforceAuth } from './auth.js';
export { forecastWrite } from './forecast.js';

export interface SalesforceSettings {
  /** Requests at the same time. Developer and trial orgs allow five long ones. */
  readonly concurrency: number;
  /** Longest wait for an answer, or for the next piece of one. */
  readonly timeoutMs: number;
  /** Sendings of one request in all, the first included. */
  readonly attempts: number;
  /** For the jitter of waits: 0 up to 1. */
  readonly random: () => number;
  /** So long after the server should have answered a held request of the feed, it counts as silent, in milliseconds. */
  readonly feedSlackMs: number;
  readonly budget: CallLimits;
}

export const DEFAULT_SETTINGS: SalesforceSettings = {
  concurrency: 5,
  timeoutMs: 120_000,
  attempts: 5,
  random: Math.random,
  feedSlackMs: 20_000,
  budget: { share: 0.25, ceiling: 0.8, spentBefore: 0 },
};

export interface SalesforceOptions {
  readonly auth: SalesforceAuth;
  readonly loginUrl: string;
  /** Null = as the login answers. */
  readonly instanceUrl: string | null;
  /** `62.0`. */
  readonly apiVersion: string;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: SalesforceSettings;
}

/** A Salesforce org behind the ports. Nothing is sent before the first call. */
export function salesforceCrm(options: SalesforceOptions): {
  readonly crm: Crm;
  readonly installer: CrmInstaller;
  /** What is spent of our requests, by all workers; null before the org told how many it has. */
  readonly spending: () => Promise<Spending | null>;
  /** Shares the login: with rotating refresh tokens two logins would end each other. */
  readonly feed: (own: OwnFields) => ChangeFeed;
} {
  const { settings, budgets, clock, log, apiVersion } = options;
  const shared = budgets.calls('salesforce', settings.budget);
  const budget = createBudget(shared, settings.budget);
  const login = tokenSource({
    ...options,
    timeoutMs: settings.timeoutMs,
    onSend: () => budget.count('token'),
  });
  const session = createSession(login);
  const reading = readingOf(options, { session, budget });
  return {
    crm: crmOver(reading),
    installer: createInstaller(reading),
    spending: () => spendingOf(shared, settings.budget),
    feed: (own) => salesforceFeed({ session, apiVersion, clock, log, own, settings }),
  };
}

interface Shared {
  readonly session: Session;
  readonly budget: Budget;
}

function readingOf(options: SalesforceOptions, shared: Shared): Reading {
  const { settings, clock, log, apiVersion } = options;
  const { timeoutMs, attempts, random } = settings;
  const retry = { clock, attempts, random };
  const client = clientOf(options, shared, retry);
  const catalogue = createCatalogue(client, apiVersion);
  return { client, catalogue, clock, log, retry, timeoutMs, apiVersion };
}

function clientOf(
  { settings, apiVersion }: SalesforceOptions,
  { session, budget }: Shared,
  retry: Reading['retry'],
): Client {
  const { timeoutMs } = settings;
  return createClient({
    session,
    budget,
    limiter: createLimiter(settings.concurrency),
    retry,
    apiVersion,
    timeoutMs,
  });
}

function crmOver(reading: Reading): Crm {
  const { client, catalogue, apiVersion } = reading;
  return {
    org: () => readOrg(client, apiVersion),
    objects: () => listObjects(client),
    describe: async (objects) => inOrder(objects, await catalogue.describe(objects)).map(toDescription),
    counts: (objects) => countRows(client, objects),
    pull: (request) => pull(reading, request),
    sample: (object, fields, limit) => sampleRecords(reading, object, { fields, limit }),
    ids: (object, where) => pullIds(reading, object, where),
    fetch: (object, ids, fields) => fetchRecords(reading, object, { ids, fields }),
    forecastWrite,
    write: (object, changes, began = NOBODY) => write(reading, object, { changes, began }),
    create: (object, records) => create(reading, object, records),
    upsert: (object, keyField, records, began = NOBODY) =>
      upsert(reading, object, { keyField, records, began }),
    endJob: (job) => endJob(reading, job),
    remove: (object, ids) => remove(reading, object, ids),
    select: (object, fields, criteria) => selectRecords(reading, object, { fields, criteria }),
    usage: client.usage,
  };
}

const NOBODY = async (): Promise<void> => {};

function inOrder<T extends { readonly name: string }>(
  names: readonly string[],
  found: readonly T[],
): readonly T[] {
  const byName = new Map(found.map((object) => [object.name.toLowerCase(), object]));
  return names.flatMap((wanted) => byName.get(wanted.toLowerCase()) ?? []);
}
