import { dayOfZone } from '../domain/day.js';
import type { ToolId } from '../domain/engagement/channel.js';
import type { OrgProfile } from '../ports/crm.js';
import { callsSoFar, type Run, type RunParts, type Tools } from './context.js';
import { runInProgress, withLease } from './lease.js';
import { atWork, openRun } from './open-run.js';
import { requireOwnState } from './own-state.js';
import { IN_THIS_PROCESS } from './pieces/in-this-process.js';
import { PIECES } from './pieces/table.js';
import { readBackOpen } from './read-back.js';
import { readEngagement, readPeopleOf } from './read-engagement.js';
import { readWork } from './read-work.js';

export interface ListenOptions {
  readonly runId: string;
  /** Whose doings are read, by the tool's own ids; null = of everybody whom we follow, in every tool. */
  readonly only: { readonly tool: ToolId; readonly records: readonly string[] } | null;
  readonly trace: string;
  /** Aborts when this process is to end. */
  readonly signal: AbortSignal;
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
}

const PARTS: RunParts = { full: false, engagement: true, reconcile: false, metrics: false };

/**
 * Reads what came of our own work outside a run: keys left open, tasks, and what people did. It decides nothing; the
 * accounts that it concerns are marked, and the next run assesses them. Gives how many things of named people were not
 * known, null = not counted. Throws RUN_IN_PROGRESS while a run is under way.
 */
export async function listenNow(tools: Tools, options: ListenOptions): Promise<number | null> {
  const org = await tools.crm.org();
  await requireOwnState(tools.state, org, tools.digest);
  return withLease(tools.state, { ...options, name: `run:${org.id}` }, async (lease) => {
    // A run that was broken off is gone on with before anything else changes.
    const [latest] = await tools.state.runs.list(1);
    if (latest?.finishedAt === null) throw runInProgress();
    const at = atWork(tools.state, { ...options, table: PIECES, callsBefore: callsSoFar(tools) }, lease);
    const run = openRun(tools, fixedFor(tools, org, options), at);
    return options.only === null ? listenToAll(run) : readNamed(run, options.only);
  });
}

async function listenToAll(run: Run): Promise<null> {
  await readBackOpen(run);
  await readWork(run);
  await readEngagement(run);
  return null;
}

function readNamed(run: Run, { tool, records }: NonNullable<ListenOptions['only']>): Promise<number> {
  return readPeopleOf(run, tool, new Set(records));
}

function fixedFor(tools: Tools, org: OrgProfile, { runId: id, trace }: ListenOptions) {
  const today = dayOfZone(org.timeZone)(tools.clock.now());
  const { sizes } = IN_THIS_PROCESS;
  return { id, org, today, apply: true, trace, parts: PARTS, sizes, absent: [], records: [], unread: [] };
}
