import { setTimeout as wait } from 'node:timers/promises';
import {
  digestOf,
  loadSettings,
  openServiceStore,
  openState,
  type Surroundings,
  settingsFingerprint,
} from '../../compose.js';
import { openQueue, queueOfThread } from '../../compose-service.js';
import type { JobQueue, QueueCounts } from '../../ports/job-queue.js';
import type { Settings } from '../../ports/settings.js';
import type { Desk } from '../../service/desk.js';
import { type OrgPlace, surroundingsOf } from '../connection/org-place.js';
import { type EngineThread, startEngineThread } from '../worker/engine-thread.js';

/** The front of one org and its engine, open. */
export interface DeskRoom {
  readonly desk: Desk;
  readonly around: Surroundings;
  /** Stops the engine within about `graceMs`, then closes what is open. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Starts the engine of an org in its thread, and opens the front beside it. Throws what can be mended as `IntegrationError`. */
export async function openDeskRoom(place: OrgPlace): Promise<DeskRoom> {
  const around = surroundingsOf(place, 'http');
  const shared = around.environment.redisUrl === null ? null : openQueue(around);
  const front = switchable();
  const open: ((graceMs: number) => Promise<void>)[] = [];
  const stop = async (graceMs: number): Promise<void> => {
    for (const close of open.toReversed()) await close(graceMs);
  };
  if (shared !== null) open.push(shared.close);
  try {
    const engine: EngineThread = await startEngineThread({
      place,
      log: around.log,
      onPort: shared === null ? (port) => front.use(queueOfThread(port)) : null,
    });
    open.push(engine.stop);
    const desk = await openDesk(around, shared ?? front.queue, open);
    return { desk, around, stop };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

/** Whatever it opens goes before the engine in being closed: nobody asks any more by then. */
async function openDesk(
  around: Surroundings,
  queue: JobQueue,
  open: ((graceMs: number) => Promise<void>)[],
): Promise<Desk> {
  const state = await openState(around);
  open.push(state.close);
  const store = await openServiceStore(around);
  open.push(store.close);
  return {
    org: around.environment.orgName,
    settings: rereading(around.folder),
    state,
    store,
    queue,
    clock: around.clock,
    log: around.log,
    digest: digestOf(around),
  };
}

/** Looking costs as much as answering a request: some sixty files are asked for their time. */
const LOOK_MS = 1_000;

/** The files are read again when they changed; while they are wrong, what was right last goes on being shown. */
function rereading(folder: string): () => Settings {
  let settings = loadSettings(folder);
  let known = settingsFingerprint(folder);
  let lookedAt = Date.now();
  return () => {
    if (Date.now() - lookedAt < LOOK_MS) return settings;
    lookedAt = Date.now();
    const found = settingsFingerprint(folder);
    if (found === known) return settings;
    known = found;
    try {
      settings = loadSettings(folder);
    } catch {
      // The engine says so: its next run fails with the file and the line.
    }
    return settings;
  };
}

/** A queue whose other end may start anew: calls go to whichever thread runs now. */
function switchable(): { readonly queue: JobQueue; readonly use: (queue: JobQueue) => void } {
  let current: JobQueue | undefined;
  const now = (): JobQueue => {
    if (current === undefined) throw new Error('The queue is asked before its thread has started.');
    return current;
  };
  const queue: JobQueue = {
    add: (job) => now().add(job),
    work: (handlers, concurrency) => now().work(handlers, concurrency),
    counts: latest(() => now().counts()),
    failed: (limit) => now().failed(limit),
    retry: (id) => now().retry(id),
    discard: (id) => now().discard(id),
    close: () => now().close(),
  };
  return {
    queue,
    use: (next) => {
      const before = current;
      current = next;
      void before?.close();
    },
  };
}

/** A thread in the middle of a long step answers late: whoever only looks is told what it said last. */
const ANSWER_MS = 200;

function latest(ask: () => Promise<QueueCounts>): () => Promise<QueueCounts> {
  let known: QueueCounts | undefined;
  return async () => {
    const asked = ask().then((counts) => {
      known = counts;
      return counts;
    });
    if (known === undefined) return asked;
    asked.catch(() => undefined);
    const last = known;
    return Promise.race([asked, wait(ANSWER_MS, undefined, { ref: false }).then(() => last)]);
  };
}
