import { processBudgets } from '../../src/adapters/budget/process/index.js';
import { type HubspotOptions, hubspotMarketing } from '../../src/adapters/marketing/hubspot/index.js';
import type { Clock } from '../../src/ports/clock.js';
import { IntegrationError } from '../../src/ports/errors.js';
import type { Log } from '../../src/ports/log.js';
import type { MarketingTool } from '../../src/ports/marketing.js';
import type { SandboxClock } from '../../src/sandbox/clock.js';
import type { HubspotServer } from '../../src/sandbox/hubspot/start.js';
import type { BaseContacts } from '../../src/sandbox/hubspot/store/base-contacts.js';
import { SEQUENCE_NAMES } from '../../src/sandbox/hubspot/store/sequences.js';
import { type StartingContact, THE_STAMP } from '../contracts/marketing-tool.js';
import { TOKEN } from './hubspot-portal.js';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Sleeping moves the portal's clock, and is noted: tests never wait. */
export function sleepingClock(clock: SandboxClock): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: clock.now,
    sleep: async (ms) => {
      slept.push(ms);
      clock.advance(ms);
    },
  };
}

/** The adapter, pointed at an embedded portal. */
export function aTool(portal: HubspotServer, more: Partial<HubspotOptions> = {}): MarketingTool {
  const clock = more.clock ?? sleepingClock(portal.clock);
  return hubspotMarketing({
    baseUrl: portal.url(),
    accessToken: TOKEN,
    stamps: { contact: THE_STAMP, company: 'sf_account_id' },
    budgets: processBudgets({ clock }),
    clock,
    log: SILENT,
    random: () => 0,
    ...more,
  });
}

/** A portal that knows exactly these contacts. */
export function baseContacts(contacts: readonly StartingContact[]): BaseContacts {
  const rows = contacts.map((contact) => ({
    email: contact.email,
    secondaryEmails: contact.secondaryEmails ?? [],
    firstName: 'Some',
    lastName: 'Body',
    companyName: '',
    optedOut: contact.optedOut ?? false,
    bounced: contact.bounced ?? false,
    marketable: contact.marketable ?? null,
    inSequence: contact.inSequence === undefined ? null : SEQUENCE_NAMES.indexOf(contact.inSequence),
  }));
  return {
    count: rows.length,
    at: (index) => rows[index] ?? null,
    indexOfEmail: (email) => rows.findIndex((row) => [row.email, ...row.secondaryEmails].includes(email)),
  };
}

/** What the call throws. */
export async function errorOf(call: Promise<unknown>): Promise<IntegrationError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IntegrationError))
    throw new Error(`expected an IntegrationError, got ${String(error)}`);
  return error;
}
