import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  connectCrm,
  connectMarketing,
  digestWith,
  loadSettings,
  openState,
  type Surroundings,
  sfdxFolder,
} from '../../compose.js';
import { keptSecret } from '../../config/secret-file.js';
import type { Crm, CrmInstaller, InstallPlan } from '../../ports/crm.js';
import type { Progress } from '../../ports/progress.js';
import type { Tools } from '../../sync/context.js';

/** One command's connection to everything. */
export interface Session {
  readonly tools: Tools;
  readonly installer: CrmInstaller;
  /** What `installer` would deploy, as an SFDX source folder: path -> text. */
  readonly sfdxFolder: (plan: InstallPlan) => ReadonlyMap<string, string>;
  readonly newRunId: () => string;
  /** Who holds the lease: this process on this machine. */
  readonly holder: string;
  readonly realNow: () => number;
  readonly close: () => Promise<void>;
}

export async function openSession(around: Surroundings, progress: Progress): Promise<Session> {
  const settings = loadSettings(around.folder);
  const { crm: connected, installer } = connectCrm(around, settings.service.api);
  const crm = rememberingOrg(connected);
  const marketing = settings.marketing === null ? null : connectMarketing(around, settings.marketing);
  const state = await openState(around);
  const key = keptSecret(join(around.folder, 'var', 'person.key'), () => randomBytes(32).toString('hex'));
  return {
    tools: {
      crm,
      marketing,
      state,
      clock: around.clock,
      log: around.log,
      digest: digestWith(key),
      progress,
      settings,
    },
    installer,
    sfdxFolder,
    newRunId: () => runId(around.clock.now()),
    holder: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    realNow: Date.now,
    close: state.close,
  };
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
