import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  connectCrm,
  connectEngagement,
  digestWith,
  loadSettings,
  openState,
  type Surroundings,
} from '../../compose.js';
import { keptSecret } from '../../config/secret-file.js';
import type { Crm } from '../../ports/crm.js';
import type { CrmInstaller } from '../../ports/crm-installer.js';
import type { Progress } from '../../ports/progress.js';
import type { StateStore } from '../../ports/state-store.js';
import type { Tools } from '../../sync/context.js';
import type { Report } from '../../sync/report.js';
import { holderIsGone, leaseHolder } from './lease-holder.js';

/** One command's connection to everything. */
export interface Session {
  readonly tools: Tools;
  readonly installer: CrmInstaller;
  readonly newRunId: () => string;
  /** Who holds the lease: this process on this machine. */
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
  readonly close: () => Promise<void>;
}

export async function openSession(around: Surroundings, progress: Progress): Promise<Session> {
  const settings = loadSettings(around.folder);
  const state = await openState(around);
  const spentBefore = await spentLately(state, around.clock.now());
  const { crm: connected, installer } = connectCrm(around, { ...settings.service.api, spentBefore });
  const crm = rememberingOrg(connected);
  const key = keptSecret(join(around.folder, 'var', 'person.key'), () => randomBytes(32).toString('hex'));
  return {
    tools: {
      crm,
      ...connectEngagement(around, settings, crm),
      state,
      clock: around.clock,
      log: around.log,
      digest: digestWith(key),
      progress,
      settings,
    },
    installer,
    newRunId: () => runId(around.clock.now()),
    holder: leaseHolder(),
    holderIsGone,
    realNow: Date.now,
    close: state.close,
  };
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

/** A command asks who it talks to more than once; the org does not change meanwhile. */
function rememberingOrg(crm: Crm): Crm {
  let asked: ReturnType<Crm['org']> | undefined;
  return {
    ...crm,
    org: () => {
      asked ??= crm.org();
      return asked;
    },
  };
}

/** `20261122-0603-a1b2`: sorts by time, short enough to type. */
function runId(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 16).replace(':', '')}-${randomBytes(2).toString('hex')}`;
}
