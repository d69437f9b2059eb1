import { resolve } from 'node:path';
import {
  isStateKept,
  openServiceStore,
  openState,
  requireInitialised,
  type Surroundings,
} from '../../compose.js';
import { type Environment, readEnvironment } from '../../config/env.js';
import { IntegrationError } from '../../ports/errors.js';
import type { StateStore } from '../../ports/state-store.js';
import { type Change, noteChange } from '../../service/audited.js';
import { noRunYet } from '../../sync/last-look.js';
import { fileLog } from '../connection/log-file.js';
import { runClock } from '../connection/run-clock.js';
import { openSession, type Session } from '../connection/session.js';
import { commandAsker } from './os-user.js';
import { terminalProgress } from './progress.js';
import { type Terminal, terminal } from './terminal.js';

export interface Streams {
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a password comes from; the process's own input when absent. */
  readonly in?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}

/** Flags that every command in a folder has. */
export interface CommonFlags {
  readonly dir: string;
  readonly envFile?: string;
  /** Milliseconds since 1970. */
  readonly now?: number;
  readonly json: boolean;
}

/** A folder with its environment, connected to nothing yet. */
export interface Folder extends Surroundings {
  readonly withState: <T>(work: (state: StateStore) => Promise<T>) => Promise<T>;
  /** Writes into the audit that whoever types the command has changed something. */
  readonly noteChange: (change: Change) => Promise<void>;
}

type OpensState = (around: Surroundings) => Promise<StateStore>;

export function screenFor(streams: Streams, json: boolean): Terminal {
  const plain = streams.env.NO_COLOR !== undefined || streams.out.isTTY !== true;
  return terminal({ json, plain, out: streams.out, err: streams.err });
}

/** Runs a command that needs the folder and its environment. */
export async function withFolder(
  flags: CommonFlags,
  streams: Streams,
  command: (folder: Folder, screen: Terminal) => Promise<number>,
): Promise<number> {
  const folder = resolve(flags.dir);
  const environment = readEnvironment(flags.envFile === undefined ? null : resolve(flags.envFile));
  const around: Surroundings = {
    folder,
    environment,
    clock: runClock(flags.now ?? sandboxNow(environment)),
    log: fileLog(folder, environment.logLevel),
  };
  return command(folderOf(around), screenFor(streams, flags.json));
}

/** Runs a command that only looks at what runs have left: a folder without a state is refused, and nothing made in it. */
export function withKeptState(
  flags: CommonFlags,
  streams: Streams,
  command: (folder: Folder, screen: Terminal) => Promise<number>,
): Promise<number> {
  return withFolder(flags, streams, (folder, screen) => command(folderOf(folder, openKeptState), screen));
}

function openKeptState(around: Surroundings): Promise<StateStore> {
  if (!isStateKept(around)) {
    requireInitialised(around.folder);
    throw noRunYet();
  }
  return openState(around);
}

/** A folder whose surroundings are known. */
export function folderOf(around: Surroundings, open: OpensState = openState): Folder {
  const withState = async <T>(work: (state: StateStore) => Promise<T>): Promise<T> => {
    const state = await open(around);
    try {
      return await work(state);
    } finally {
      await state.close();
    }
  };
  return { ...around, withState, noteChange: (change) => noteInAudit(around, change) };
}

async function noteInAudit(around: Surroundings, change: Change): Promise<void> {
  const store = await openServiceStore(around);
  try {
    await noteChange({ ...around, store }, commandAsker(), change);
  } finally {
    await store.close();
  }
}

/** What the embedded servers' clock says now: it ran on since the env file was written. */
function sandboxNow({ now, nowSince }: Environment): number | null {
  return now === null || nowSince === null ? now : now + Date.now() - nowSince;
}

/** Runs a command that talks to the CRM and the marketing tool. A given `--now` is refused against production. */
export function withSession(
  flags: CommonFlags,
  streams: Streams,
  command: (session: Session, screen: Terminal) => Promise<number>,
): Promise<number> {
  return withFolder(flags, streams, async (folder, screen) => {
    const session = await openSession(folder, terminalProgress(screen, Date.now));
    try {
      const moved = flags.now !== undefined || folder.environment.now !== null;
      if (moved && (await session.tools.crm.org()).production) throw nowRefused();
      return await command(session, screen);
    } finally {
      await session.close();
    }
  });
}

function nowRefused(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'NOW_REFUSED',
    message: 'This is a production org: the time cannot be set by hand.',
    actions: [
      'Leave out --now and TRUENORTH_NOW.',
      'Use a sandbox org, or the embedded one, to see what another day would bring.',
    ],
    retryable: false,
    provider: 'config',
    operation: 'check the clock',
  });
}
