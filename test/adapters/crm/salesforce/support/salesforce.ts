import { processBudgets } from '../../../../../src/adapters/budget/process/index.js';
import {
  DEFAULT_SETTINGS,
  type SalesforceAuth,
  type SalesforceSettings,
  salesforceCrm,
} from '../../../../../src/adapters/crm/salesforce/index.js';
import type { Clock } from '../../../../../src/ports/clock.js';
import type { Log } from '../../../../../src/ports/log.js';

export const ORIGIN = 'https://acme.my.salesforce.test';
export const DATA = '/services/data/v62.0';
export const NOW = Date.UTC(2026, 0, 15, 9, 0, 0);

export interface MovedClock extends Clock {
  readonly slept: number[];
}

/** A clock whose sleeps take no time and are written down. */
export function movedClock(): MovedClock {
  const slept: number[] = [];
  let now = NOW;
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Given {
  readonly auth?: SalesforceAuth;
  readonly clock?: Clock;
  readonly instanceUrl?: string | null;
  readonly settings?: Partial<SalesforceSettings>;
}

export function aSalesforce(given: Given = {}) {
  const clock = given.clock ?? movedClock();
  return salesforceCrm({
    auth: given.auth ?? { kind: 'access-token', accessToken: 'token-1' },
    loginUrl: ORIGIN,
    instanceUrl: given.instanceUrl ?? null,
    apiVersion: '62.0',
    budgets: processBudgets({ clock }),
    clock,
    log: silentLog,
    settings: { ...DEFAULT_SETTINGS, random: () => 0.5, timeoutMs: 5000, ...given.settings },
  });
}

interface FieldGiven {
  readonly name: string;
  readonly type?: string;
  readonly length?: number;
  readonly referenceTo?: readonly string[];
  readonly relationshipName?: string | null;
}

/** What `/sobjects/X/describe` answers, as far as it is read. */
export function aDescribe(object: string, fields: readonly FieldGiven[]) {
  const given = { type: 'string', length: 255, referenceTo: [], relationshipName: null };
  const always = [
    { name: 'Id', type: 'id' },
    { name: 'SystemModstamp', type: 'datetime' },
    { name: 'IsDeleted', type: 'boolean' },
  ];
  return {
    name: object,
    label: object,
    custom: false,
    queryable: true,
    updateable: true,
    keyPrefix: '001',
    fields: [...always, ...fields].map((field) => ({
      ...given,
      ...field,
      label: field.name,
      custom: field.name.endsWith('__c'),
      nillable: true,
      createable: true,
      updateable: true,
    })),
  };
}

export function batchOf(...describes: readonly ReturnType<typeof aDescribe>[]) {
  return { hasErrors: false, results: describes.map((result) => ({ statusCode: 200, result })) };
}

export function idOf(number: number): string {
  return `001${String(number).padStart(12, '0')}AAA`;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
