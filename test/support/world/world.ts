import { createHash, createHmac } from 'node:crypto';
import { salesforceTaskChannel } from '../../../src/adapters/channel/salesforce-task/index.js';
import { type MemoryCrm, type MemoryOrg, memoryCrm } from '../../../src/adapters/crm/memory/index.js';
import type { MemoryContact } from '../../../src/adapters/marketing/memory/contacts.js';
import { type MemoryMarketing, memoryMarketing } from '../../../src/adapters/marketing/memory/index.js';
import { openMemoryState } from '../../../src/adapters/state/memory/index.js';
import { openMemoryServiceStore } from '../../../src/adapters/state/memory/service-store.js';
import { dayOfZone } from '../../../src/domain/day.js';
import { NO_LOG } from '../../../src/entrypoints/connection/log-file.js';
import type { Digest } from '../../../src/ports/digest.js';
import { NO_PROGRESS } from '../../../src/ports/progress.js';
import type { ServiceStore } from '../../../src/ports/service-store.js';
import type { Settings } from '../../../src/ports/settings.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import { NO_CALLS, type Tools } from '../../../src/sync/context.js';
import type { Report } from '../../../src/sync/report.js';
import { runSync } from '../../../src/sync/run-sync.js';
import { type Deed, type Strike, watched } from './channels.js';
import { OBJECTS, RECORD_OBJECTS } from './objects.js';

const DIGEST: Digest = {
  content: (text) => createHash('sha256').update(text).digest('hex'),
  person: (email) => createHmac('sha256', 'world').update(email).digest('hex'),
};
const DAY_MS = 86_400_000;

/** A company in this process: no network, a clock that is moved by hand. */
export interface World {
  readonly crm: MemoryCrm;
  readonly hubspot: MemoryMarketing;
  readonly state: StateStore;
  /** Where usage is sent in. */
  readonly inbox: ServiceStore['usage'];
  readonly tools: Tools;
  /** What really happened in every channel. */
  readonly deeds: readonly Deed[];
  /** Local day. */
  readonly today: () => number;
  readonly personOf: (email: string) => string;
  readonly pass: (days: number) => void;
  /** Strikes the next enrolment. */
  readonly strike: (how: Strike) => void;
  /** Does something in the middle of a run: right before consent is read the next time. */
  readonly beforeConsent: (act: () => void) => void;
  readonly sync: (apply?: boolean) => Promise<Report>;
  readonly with: (settings: Settings) => World;
}

export interface WorldStart {
  readonly settings: Settings;
  /** Monday 2 March 2026, 10:00 UTC when absent. */
  readonly now?: number;
  readonly sequences?: readonly string[];
  /** Whom HubSpot knows already. */
  readonly contacts?: readonly MemoryContact[];
  /** True where the objects of ours are installed. */
  readonly records?: boolean;
  /** What the CRM refuses, and why. */
  readonly refuse?: MemoryOrg['refuse'];
}

const FIRST = Date.parse('2026-03-02T10:00:00Z');

export function aWorld(start: WorldStart): World {
  let now = start.now ?? FIRST;
  const clock = { now: () => now, sleep: async () => {} };
  const crm = memoryCrm({
    org: {
      id: '00D000000000001AAA',
      name: 'World',
      timeZone: 'UTC',
      currency: 'EUR',
      multiCurrency: false,
      production: false,
    },
    objects: start.records === true ? [...OBJECTS, ...RECORD_OBJECTS] : OBJECTS,
    clock,
    pageSize: 200,
    meaning: () => () => true,
    refuse: start.refuse ?? (() => null),
  });
  const user = crm.tables.insert('User', {
    Email: 'csm@vendor.example',
    Name: 'Cleo Summer',
    IsActive: true,
  });
  const hubspot = memoryMarketing({
    clock,
    contacts: start.contacts ?? [],
    sequences: start.sequences ?? [],
    senders: ['csm@vendor.example'],
  });
  const deeds: Deed[] = [];
  const strikes: Strike[] = [];
  const dayOf = dayOfZone('UTC');
  const today = (): number => dayOf(now);
  const watch = {
    deeds,
    strikes,
    today,
    mayBeMailed: (contact: string) => mayBeMailed({ crm, hubspot }, contact),
  };
  const channels = [...hubspot.channels, salesforceTaskChannel(crm.crm)].map((channel) =>
    watched(channel, watch),
  );
  const state = openMemoryState();
  const inbox = openMemoryServiceStore();
  let hook: (() => void) | null = null;
  const asked: MemoryMarketing = {
    ...hubspot,
    consent: (persons) => {
      hook?.();
      hook = null;
      return hubspot.consent(persons);
    },
  };
  const tools = {
    crm: crm.crm,
    marketing: [asked],
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    responses: async function* () {},
    readings: inbox.usage,
    state,
    clock,
    log: NO_LOG,
    digest: DIGEST,
    progress: NO_PROGRESS,
    settings: start.settings,
  };
  let runs = 0;
  const world = (settings: Settings): World => ({
    crm,
    hubspot,
    state,
    inbox: inbox.usage,
    tools: { ...tools, settings },
    deeds,
    today,
    personOf: (email) => DIGEST.person(email.trim().toLowerCase()),
    pass: (days) => {
      now += days * DAY_MS;
    },
    beforeConsent: (act) => {
      hook = act;
    },
    strike: (how) => void strikes.push(how),
    sync: (apply = true) => {
      runs += 1;
      return runSync(
        { ...tools, settings },
        {
          apply,
          runId: `run-${runs}`,
          callsBefore: NO_CALLS,
          holder: `holder-${runs}`,
          holderIsGone: () => false,
          realNow: () => now,
        },
      );
    },
    with: world,
  });
  owners.set(crm, user);
  return world(start.settings);
}

/** The truth at this moment: no living contact with the address, and no HubSpot record of it, says no. */
function mayBeMailed({ crm, hubspot }: Pick<World, 'crm' | 'hubspot'>, contact: string): boolean {
  const rows = crm.tables.rows('Contact').filter(({ deleted }) => !deleted);
  const emailOf = (values: Readonly<Record<string, unknown>>): string =>
    String(values.Email ?? '')
      .trim()
      .toLowerCase();
  const mine = rows.find(({ id }) => id === contact);
  if (mine === undefined) return false;
  const same = rows.filter(({ values }) => emailOf(values) === emailOf(mine.values));
  const refusedHere = same.some(
    ({ values }) => values.HasOptedOutOfEmail === true || typeof values.EmailBouncedDate === 'string',
  );
  const there = hubspot.lookUp(emailOf(mine.values));
  return !refusedHere && there?.optedOut !== true && there?.bounced !== true;
}

const owners = new WeakMap<MemoryCrm, string>();

/** An account with its owner; the id. */
export function anAccount(
  { crm }: World,
  values: Readonly<Record<string, string | number | boolean>> = {},
): string {
  const owner = owners.get(crm) ?? '';
  return crm.tables.insert('Account', {
    Name: 'Account',
    ARR__c: 5_000,
    OwnerId: owner,
    CSM__c: owner,
    ...values,
  });
}

export function aContact(
  { crm }: World,
  account: string,
  values: Readonly<Record<string, string | boolean>> & { readonly Email: string },
): string {
  return crm.tables.insert('Contact', {
    AccountId: account,
    Role__c: 'user',
    HasOptedOutOfEmail: false,
    ...values,
  });
}

/** A judgement that the account's CSM makes now; the id. */
export function aPulse(
  { crm, tools }: World,
  account: string,
  values: Readonly<Record<string, string>>,
): string {
  return crm.tables.insert('Health_Pulse__c', {
    Account__c: account,
    CreatedById: owners.get(crm) ?? '',
    CreatedDate: new Date(tools.clock.now()).toISOString(),
    ...values,
  });
}

/** So many cases, opened now. */
export function openCases({ crm, tools }: World, account: string, count: number): readonly string[] {
  const CreatedDate = new Date(tools.clock.now()).toISOString();
  return Array.from({ length: count }, () =>
    crm.tables.insert('Case', { AccountId: account, CreatedDate, IsClosed: false }),
  );
}
