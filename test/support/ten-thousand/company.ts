import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processBudgets } from '../../../src/adapters/budget/process/index.js';
import { salesforceTaskChannel } from '../../../src/adapters/channel/salesforce-task/index.js';
import { hubspotMarketing } from '../../../src/adapters/marketing/hubspot/index.js';
import { openSqlState } from '../../../src/adapters/state/sql/index.js';
import { digestWith } from '../../../src/compose.js';
import { marketingProperties } from '../../../src/install/marketing-properties.js';
import type { Log } from '../../../src/ports/log.js';
import type { MarketingMapping } from '../../../src/ports/mapping.js';
import type { MarketingTool } from '../../../src/ports/marketing.js';
import type { Settings } from '../../../src/ports/settings.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { NO_CALLS, type Tools } from '../../../src/sync/context.js';
import type { Report } from '../../../src/sync/report.js';
import { runSync } from '../../../src/sync/run-sync.js';
import { NO_READINGS } from '../../../src/sync/take-readings.js';
import { aPortal, TOKEN } from '../hubspot-portal.js';
import { sleepingClock } from '../hubspot-tool.js';
import { aBook, type Book, knownToHubspot, SENDERS } from './book.js';
import { watchHeap } from './heap.js';

/** HubSpot's own limit on Professional and Enterprise: requests in 10 seconds. */
const BURST = 190;

/** A large company: a CRM in this process, SQL state in a file, the embedded HubSpot over HTTP. */
export interface LargeCompany extends Book {
  readonly portal: HubspotServer;
  readonly state: StateStore;
  /** How often HubSpot said that we are too fast. */
  readonly tooFast: () => number;
  /** The most memory in use at any moment so far, in bytes, beyond what was in use before the first run. */
  readonly peakHeap: () => number;
  /** One run at this moment, by a process of its own: of earlier ones it knows what the state knows. */
  readonly syncAt: (moment: string, settings?: Settings) => Promise<Report>;
  readonly close: () => Promise<void>;
}

export interface LargeStart {
  readonly settings: Settings;
  /** HubSpot knows the people of every other account of the first so many persons, and has not met us. */
  readonly known: number;
}

export async function aLargeCompany({ settings, known }: LargeStart): Promise<LargeCompany> {
  const { marketing } = settings;
  if (marketing === null) throw new Error('the settings do not map HubSpot');
  const portal = await aPortal({ contacts: knownToHubspot(known), users: SENDERS, limits: { burst: BURST } });
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-large-'));
  const codes: unknown[] = [];
  const log = failureLog(codes);
  const state = await openSqlState({ kind: 'sqlite', file: join(folder, 'truenorth.db') }, log);
  const book = aBook(portal.clock.now);
  const tool = (): MarketingTool => toolOf(portal, marketing, log);
  await tool().createProperties(marketingProperties(marketing));
  const heap = watchHeap();
  let runs = 0;
  return {
    ...book,
    portal,
    state,
    tooFast: () => codes.filter((code) => code === 'HUBSPOT_RATE_LIMIT').length,
    peakHeap: heap.peak,
    syncAt: (moment, changed = settings) => {
      portal.clock.set(Date.parse(moment));
      runs += 1;
      return oneRun(toolsOf({ book, portal, state, settings: changed, log, hubspot: tool() }), `run-${runs}`);
    },
    close: async () => {
      heap.stop();
      await state.close();
      await portal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Each answer that is no success is told to the log by the adapter. */
function failureLog(codes: unknown[]): Log {
  const silent = (): void => {};
  return {
    debug: (message, particulars) => {
      if (message === 'vendor call failed') codes.push(particulars?.code);
    },
    info: silent,
    warn: silent,
    error: silent,
  };
}

function toolOf(portal: HubspotServer, mapping: MarketingMapping, log: Log): MarketingTool {
  const clock = sleepingClock(portal.clock);
  return hubspotMarketing({
    baseUrl: portal.url(),
    accessToken: TOKEN,
    stamps: { contact: mapping.contactStamp, company: mapping.companyStamp },
    budgets: processBudgets({ clock }),
    clock,
    log,
    random: () => 0,
  });
}

interface Parts {
  readonly book: Book;
  readonly portal: HubspotServer;
  readonly state: StateStore;
  readonly settings: Settings;
  readonly log: Log;
  readonly hubspot: MarketingTool;
}

function toolsOf({ book, portal, state, settings, log, hubspot }: Parts): Tools {
  const { crm } = book.crm;
  const channels = [...hubspot.channels, salesforceTaskChannel(crm)];
  return {
    crm,
    marketing: [hubspot],
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    responses: async function* () {},
    readings: NO_READINGS,
    state,
    clock: sleepingClock(portal.clock),
    log,
    digest: digestWith('large'),
    progress: { stage: () => {}, advance: () => {}, done: () => {} },
    settings,
  };
}

function oneRun(tools: Tools, runId: string): Promise<Report> {
  return runSync(tools, {
    apply: true,
    runId,
    callsBefore: NO_CALLS,
    holder: runId,
    holderIsGone: () => false,
    realNow: Date.now,
  });
}
