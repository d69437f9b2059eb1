import { processBudgets } from '../../../../src/adapters/budget/process/index.js';
import {
  type OutreachOptions,
  outreachMarketing,
} from '../../../../src/adapters/marketing/outreach/index.js';
import type { Clock } from '../../../../src/ports/clock.js';
import { IntegrationError } from '../../../../src/ports/errors.js';
import type { Log } from '../../../../src/ports/log.js';
import type { EnrolmentOutcome, EnrolmentRequest, MarketingTool } from '../../../../src/ports/marketing.js';
import type { SandboxClock } from '../../../../src/sandbox/clock.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import { type ApiRecord, isoTime } from '../../../../src/sandbox/outreach/store/record.js';
import { aRequest } from '../../../contracts/marketing-tool.js';
import { aProspect, TOKEN } from '../../../sandbox/outreach/outreach-org.js';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface SleepingClock extends Clock {
  readonly slept: number[];
}

/** Sleeping moves the server's clock, and is noted: tests never wait. */
export function sleepingClock(clock: SandboxClock): SleepingClock {
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

/** The adapter, pointed at an embedded account. */
export function aTool(org: OutreachServer, more: Partial<OutreachOptions> = {}): MarketingTool {
  const clock = more.clock ?? sleepingClock(org.clock);
  return outreachMarketing({
    baseUrl: org.url(),
    auth: { kind: 'token', accessToken: TOKEN },
    budgets: processBudgets({ clock }),
    clock,
    log: SILENT,
    random: () => 0,
    ...more,
  });
}

/** A request about the prospect with this id. */
export function requestOf(prospect: number, more: Partial<EnrolmentRequest> = {}): EnrolmentRequest {
  return aRequest({ recordId: String(prospect), ...more });
}

/** Mail that belongs to no sequence: written by hand, which no call can. */
export function aMail(org: OutreachServer, prospect: number, attributes: ApiRecord['attributes']): number {
  const at = isoTime(org.clock.now());
  const { mailings } = org.org;
  const stamps = { mailingType: 'single', state: 'delivered', deliveredAt: at, createdAt: at, updatedAt: at };
  const record = { id: mailings.newId(), attributes: { ...stamps, ...attributes }, related: { prospect } };
  return mailings.write(record).id;
}

/** What the call throws. */
export async function errorOf(call: Promise<unknown>): Promise<IntegrationError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof IntegrationError) return error;
  throw new Error(`expected an IntegrationError, got ${String(error)}`);
}

/** Prospects whom nobody knew before, and a request about each. */
export async function peopleOf(
  org: OutreachServer,
  count: number,
  more: Partial<EnrolmentRequest> = {},
): Promise<readonly EnrolmentRequest[]> {
  const requests: EnrolmentRequest[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    requests.push(requestOf(await aProspect(org, `p${nth}@example.org`), { key: `key ${nth}`, ...more }));
  }
  return requests;
}

export async function onePersonOf(
  org: OutreachServer,
  more: Partial<EnrolmentRequest> = {},
): Promise<EnrolmentRequest> {
  const [one] = await peopleOf(org, 1, more);
  if (one === undefined) throw new Error('nobody was made');
  return one;
}

/** What became of each, in a word: the outcome, or the code of the refusal. */
export async function toldOf(enrolled: Promise<readonly EnrolmentOutcome[]>): Promise<readonly string[]> {
  return (await enrolled).map((one) => (one.outcome === 'refused' ? one.refusal.code : one.outcome));
}
