import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readEnvironment } from '../../../config/env.js';
import type { Day } from '../../../domain/day.js';
import { IntegrationError } from '../../../ports/errors.js';
import { NO_PROGRESS } from '../../../ports/progress.js';
import type { Sandbox } from '../../../sandbox/start.js';
import { NO_CALLS } from '../../../sync/context.js';
import { runSync } from '../../../sync/run-sync.js';
import { NO_LOG } from '../../connection/log-file.js';
import { runClock } from '../../connection/run-clock.js';
import { openSession } from '../../connection/session.js';
import { type Folder, folderOf, type Streams, screenFor } from '../invocation.js';
import { loadedExport } from '../loaded-export.js';
import type { OutcomeFlags } from '../outcome-question.js';
import { terminalProgress } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { inWorkFolder } from '../work-folder.js';
import { backtestCommand } from './backtest.js';
import { initCommand } from './init.js';
import { startFor, writeEnvFile } from './sandbox.js';

export interface LoadFlags extends OutcomeFlags {
  /** Folder of CSV files, one per object. */
  readonly load: string;
  /** Whose config/ and mappings/ are used, or drafted where there are none; null = drafted and thrown away. */
  readonly dir: string | null;
  readonly asOf: Day;
  readonly json: boolean;
}

const DAY_MS = 86_400_000;
const ROOMS = ['config', 'mappings'] as const;

/** `backtest --load`: the same on a data export, through the embedded org; whatever is drafted has seen nothing later than the cut-off. */
export async function backtestLoadCommand(flags: LoadFlags, streams: Streams): Promise<number> {
  const screen = screenFor(streams, flags.json);
  const kept = flags.dir === null ? null : resolve(flags.dir);
  const there = kept !== null && hasSettings(kept);
  return inWorkFolder('truenorth-backtest-', async (work) => {
    if (there) copyRooms(kept, work);
    else {
      await draft(work, { flags, screen, streams });
      if (kept !== null) copyRooms(work, kept);
    }
    return look(work, { flags, screen });
  });
}

/** Whether a folder holds settings. Throws where it holds half of them: drafting the rest would go over what somebody wrote. */
function hasSettings(folder: string): boolean {
  const missing = ROOMS.filter((room) => !existsSync(join(folder, room)));
  if (missing.length === 0 || missing.length === ROOMS.length) return missing.length === 0;
  const found = ROOMS.filter((room) => !missing.includes(room));
  throw new IntegrationError({
    kind: 'Config',
    code: 'HALF_THE_SETTINGS',
    message: `${folder} holds ${found.join()}/ but no ${missing.join()}/.`,
    actions: [
      `Put ${missing.join()}/ beside it, or name a folder that holds neither: both are drafted there.`,
    ],
    retryable: false,
    provider: 'config',
    operation: 'backtest --load',
  });
}

interface Loading {
  readonly flags: LoadFlags;
  readonly screen: Terminal;
  readonly streams: Streams;
}

function copyRooms(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const room of ROOMS) cpSync(join(from, room), join(to, room), { recursive: true });
}

/** The last second of a day; exports are in UTC. */
function endOf(day: Day): number {
  return (day + 1) * DAY_MS - 1_000;
}

async function draft(work: string, { flags, screen, streams }: Loading): Promise<void> {
  const now = endOf(flags.asOf);
  const quiet = screenFor({ ...streams, out: silent(streams) }, false);
  await withOrg(work, { load: flags.load, now, hideAfter: true }, async (folder) => {
    // Said once the org stands: a folder that holds no export is refused before.
    screen.aside(
      `Drafting config/ and mappings/ from what was there on ${new Date(now).toISOString().slice(0, 10)} …`,
    );
    await initCommand(folder, quiet, { yes: true, force: true });
  });
}

/** What `init` tells is not the answer that was asked for. */
function silent({ err }: Streams): NodeJS.WritableStream {
  return Object.assign(Object.create(err) as NodeJS.WritableStream, { write: () => true });
}

async function look(work: string, { flags, screen }: Omit<Loading, 'streams'>): Promise<number> {
  const now = endOf(flags.asOf + flags.days);
  // Nobody knows when these were written: whoever takes them for old looks ahead.
  const undatedAs = new Date(now).toISOString();
  const served = { load: flags.load, now, hideAfter: false, undatedAs };
  const { opened, loaded } = await withOrg(work, served, async (folder, sandbox) => {
    screen.aside(`Reading all rows as of ${undatedAs.slice(0, 10)} …`);
    for (const { file, line, reason } of sandbox.refused.slice(0, 1))
      screen.aside(
        `${sandbox.refused.length} rows could not be taken in, the first in ${file} line ${line}: ${reason}.`,
      );
    await readAll(folder, screen);
    return { opened: folder, loaded: loadedExport(sandbox, flags) };
  });
  return backtestCommand(opened, screen, { ...flags, loaded });
}

interface Served {
  readonly load: string;
  readonly now: number;
  readonly hideAfter: boolean;
  readonly undatedAs?: string;
}

async function withOrg<T>(
  work: string,
  served: Served,
  task: (folder: Folder, sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const sandbox = await startFor({ accounts: 0, seed: 1, port: 0, ...served });
  try {
    const envFile = join(work, 'sandbox.env');
    writeEnvFile(envFile, sandbox);
    // A database or a queue of this machine's own service has no business here.
    const environment = { ...readEnvironment(envFile), databaseUrl: null, redisUrl: null };
    return await task(
      folderOf({ folder: work, environment, clock: runClock(served.now), log: NO_LOG }),
      sandbox,
    );
  } finally {
    await sandbox.close();
  }
}

/** One run that plans: every row is read, nothing is written. */
async function readAll(folder: Folder, screen: Terminal): Promise<void> {
  const progress = screen.interactive ? terminalProgress(screen, Date.now) : NO_PROGRESS;
  const session = await openSession(folder, progress);
  try {
    const { holder, holderIsGone, realNow } = session;
    const run = {
      apply: false,
      runId: session.newRunId(),
      callsBefore: NO_CALLS,
      holder,
      holderIsGone,
      realNow,
    };
    await runSync(session.tools, run);
  } finally {
    await session.close();
  }
}
