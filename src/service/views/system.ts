import type { FailedJob } from '../../ports/job-queue.js';
import type { ApiToken, AuditEntry } from '../../ports/service-store.js';
import { holdsOf, readControls } from '../../sync/controls.js';
import { listTokens } from '../access/tokens.js';
import { listUsers, type ShownUser } from '../access/users.js';
import type { Desk } from '../desk.js';
import { type EngineSeen, enginesSeen, SILENT_MS } from '../engines.js';
import { listRuns, type RunLine } from './runs.js';
import { type Vitals, vitalsOf } from './vitals.js';

/** How the service itself is. */
export interface SystemView {
  /** By the clock of runs, and real time: they differ where the clock of runs is moved. */
  readonly now: number;
  readonly realNow: number;
  readonly vitals: Vitals;
  readonly engines: readonly (EngineSeen & { readonly silent: boolean })[];
  readonly failedJobs: readonly FailedJob[];
  /** What is paused by hand, in words. */
  readonly holds: readonly string[];
  /** Shares (0-1) of the org's daily requests: ours, and that at which we stop. */
  readonly limits: { readonly share: number; readonly orgCeiling: number };
  readonly runs: readonly RunLine[];
  /** What was left out of the configuration, one sentence each. */
  readonly notes: readonly string[];
  /** For administrators only; null for everybody else. */
  readonly access: {
    readonly tokens: readonly Omit<ApiToken, 'hash'>[];
    readonly users: readonly ShownUser[];
  } | null;
  /** Newest first. */
  readonly audit: readonly AuditEntry[];
}

const MOST_JOBS = 50;
const MOST_RUNS = 10;
const MOST_AUDIT = 50;

export async function systemView(
  desk: Desk,
  { realNow, admin }: { readonly realNow: number; readonly admin: boolean },
): Promise<SystemView> {
  const { state, store, queue } = desk;
  const { service, notes } = desk.settings();
  const [vitals, engines, failedJobs, controls, runs, audit, access] = await Promise.all([
    vitalsOf(desk, realNow),
    enginesSeen(state.notes),
    queue.failed(MOST_JOBS),
    readControls(state.notes),
    listRuns(state, MOST_RUNS),
    store.audit.list(MOST_AUDIT, null),
    admin ? accessOf(desk) : null,
  ]);
  return {
    now: desk.clock.now(),
    realNow,
    vitals,
    engines: engines.map((engine) => ({ ...engine, silent: realNow - engine.at > SILENT_MS })),
    failedJobs,
    holds: holdsOf(controls),
    limits: { share: service.api.share, orgCeiling: service.api.orgCeiling },
    runs,
    notes,
    access,
    audit,
  };
}

async function accessOf(desk: Desk): Promise<SystemView['access']> {
  return { tokens: await listTokens(desk), users: await listUsers(desk) };
}
