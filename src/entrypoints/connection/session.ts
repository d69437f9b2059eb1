import {
  type Budgeted,
  type ConnectedCrm,
  connectCrm,
  connectEngagement,
  connectFeed,
  digestOf,
  loadSettings,
  openServiceStore,
  openState,
  type Surroundings,
  settingsFingerprint,
} from '../../compose.js';
import { openBudgets } from '../../compose-service.js';
import type { Spending } from '../../ports/call-budget.js';
import type { ChangeFeed } from '../../ports/change-feed.js';
import type { CrmInstaller } from '../../ports/crm-installer.js';
import type { Progress } from '../../ports/progress.js';
import type { ServiceStore, UsageReadings } from '../../ports/service-store.js';
import type { Settings } from '../../ports/settings.js';
import type { StateStore } from '../../ports/state-store.js';
import { newRunId } from '../../service/run-id.js';
import type { Tools } from '../../sync/context.js';
import type { Report } from '../../sync/report.js';
import { holderIsGone, leaseHolder } from './lease-holder.js';
import { rememberingOrg } from './remembering-org.js';

/** One command's connection to everything. */
export interface Session extends Identity {
  readonly tools: Tools;
  readonly installer: CrmInstaller;
  readonly close: () => Promise<void>;
}

/** Who holds leases, by which time, and how runs are named. */
interface Identity {
  readonly newRunId: () => string;
  /** This process on this machine. */
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
}

/** A connection that lives long: the files of the folder may change meanwhile. */
export interface LongSession extends Identity {
  readonly state: StateStore;
  readonly store: ServiceStore;
  /** With config/ and mappings/ as they are now; connects anew when they changed. Throws `ConfigError`. */
  readonly current: () => Promise<Tools>;
  /** Our requests to the CRM in 24 hours; null before it told how many there are. */
  readonly spending: () => Promise<Spending | null>;
  /** Changes as they happen; which fields are ours it knows from the beginning. */
  readonly feed: ChangeFeed;
  readonly close: () => Promise<void>;
}

export async function openSession(around: Surroundings, progress: Progress): Promise<Session> {
  const settings = loadSettings(around.folder);
  const { state, store, budgets, close } = await openStores(around);
  const opened = { settings, state, readings: store.usage, progress };
  const { tools, installer } = await connect({ ...around, budgets }, opened);
  return { tools, installer, ...identityOf(around), close };
}

export async function openLongSession(around: Surroundings, progress: Progress): Promise<LongSession> {
  const settings = loadSettings(around.folder);
  let known = settingsFingerprint(around.folder);
  const { state, store, budgets, close } = await openStores(around);
  const opened = { state, readings: store.usage, progress };
  const budgeted = { ...around, budgets };
  let connected = await connect(budgeted, { ...opened, settings });
  const { feed } = connected;
  const current = async (): Promise<Tools> => {
    const found = settingsFingerprint(around.folder);
    if (found !== known) {
      const settings = loadSettings(around.folder);
      connected = await connect(budgeted, { ...opened, settings });
      known = found;
      around.log.info('Configuration read again', { model: settings.health.version });
    }
    return connected.tools;
  };
  const spending = () => connected.spending();
  return { state, store, current, spending, feed, ...identityOf(around), close };
}

interface Stores extends Pick<LongSession, 'state' | 'store' | 'close'>, Pick<Budgeted, 'budgets'> {}

async function openStores(around: Surroundings): Promise<Stores> {
  const state = await openState(around);
  try {
    const store = await openServiceStore(around);
    const budgets = openBudgets(around);
    const close = async (): Promise<void> => {
      await budgets.close();
      await store.close();
      await state.close();
    };
    return { state, store, budgets, close };
  } catch (error) {
    await state.close();
    throw error;
  }
}

function identityOf({ clock }: Surroundings): Identity {
  return { newRunId: () => newRunId(clock.now()), holder: leaseHolder(), holderIsGone, realNow: Date.now };
}

interface Opened {
  readonly settings: Settings;
  readonly state: StateStore;
  readonly readings: UsageReadings;
  readonly progress: Progress;
}

interface Connected extends Pick<ConnectedCrm, 'installer' | 'spending'> {
  readonly tools: Tools;
  readonly feed: ChangeFeed;
}

async function connect(
  around: Budgeted,
  { settings, state, readings, progress }: Opened,
): Promise<Connected> {
  const spentBefore = await spentLately(state, around.clock.now());
  const connected = connectCrm(around, { ...settings.service.api, spentBefore });
  const crm = rememberingOrg(connected.crm);
  const tools: Tools = {
    crm,
    ...connectEngagement(around, settings, crm),
    state,
    readings,
    clock: around.clock,
    log: around.log,
    digest: digestOf(around),
    progress,
    settings,
  };
  const { installer, spending } = connected;
  return { tools, installer, spending, feed: connectFeed(connected, settings) };
}

const DAY_MS = 86_400_000;
/** Runs that may lie within a day: one every five minutes. */
const MANY = 300;

/** Salesforce requests that our runs of the last 24 hours sent: their share is used up already. */
async function spentLately(state: StateStore, now: number): Promise<number> {
  const runs = await state.runs.list(MANY);
  return runs
    .filter(({ startedAt }) => startedAt > now - DAY_MS && startedAt <= now)
    .flatMap(({ report }) => Object.values((report as Partial<Report> | null)?.calls?.salesforce ?? {}))
    .reduce((sum, calls) => sum + calls, 0);
}
