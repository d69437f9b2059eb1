import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { IntegrationError } from '../../ports/errors.js';
import type { Log } from '../../ports/log.js';
import type { OrgPlace } from '../connection/org-place.js';
import type { FromEngine, ThreadTask, ToEngine } from './messages.js';

/** The engine of one org in a thread of its own. */
export interface EngineThread {
  /** Asks it to stop; resolves when it has, or when twice `graceMs` is over and it was ended. */
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface ThreadStart {
  readonly place: OrgPlace;
  readonly log: Log;
  /** Jobs live in the thread: called with the port over which they are asked for, each time a thread starts. */
  readonly onPort: ((port: MessagePort) => void) | null;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Starts the thread, and starts it again when it ends unasked. Resolves once it runs. Throws what the first
 * start failed with: a folder or a password that is wrong is said at once, and not tried for ever.
 */
export async function startEngineThread(start: ThreadStart): Promise<EngineThread> {
  let stopping = false;
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;
  /** Null while it has ended and is not started again yet. */
  let current: Worker | null = null;
  const begin = async (): Promise<void> => {
    const thread = await startOnce(start);
    current = thread;
    thread.once('exit', (code) => {
      current = null;
      if (stopping) return;
      start.log.error('The engine ended by itself and is started again', { code, waitMs });
      later();
    });
  };
  let starting: Promise<void> = begin();
  await starting;
  const again = async (): Promise<void> => {
    try {
      await begin();
      waitMs = FIRST_WAIT_MS;
    } catch (error) {
      start.log.error('The engine could not be started again', { error: String(error) });
      if (!stopping) later();
    }
  };
  const later = (): void => {
    timer = setTimeout(() => {
      starting = again();
    }, waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
  return {
    stop: async (graceMs) => {
      stopping = true;
      clearTimeout(timer);
      await starting;
      if (current !== null) await stopThread(current, graceMs);
    },
  };
}

async function startOnce({ place, log, onPort }: ThreadStart): Promise<Worker> {
  const channel = onPort === null ? null : new MessageChannel();
  const task: ThreadTask = { place, queue: channel?.port1 ?? null };
  const thread = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: task,
    transferList: channel === null ? [] : [channel.port1],
  });
  thread.on('error', (error) => log.error('The engine failed', { error: error.stack ?? error.message }));
  await started(thread);
  if (channel !== null) onPort?.(channel.port2);
  return thread;
}

function started(thread: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.once('exit', () => reject(notStarted('The engine ended before it had started.', [])));
    thread.once('message', (message: FromEngine) => {
      if (message.kind === 'failed') reject(notStarted(message.message, message.actions));
      else resolve();
    });
  });
}

function notStarted(message: string, actions: readonly string[]): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'ENGINE_NOT_STARTED',
    message,
    actions: actions.length > 0 ? actions : ['Look at the log for what it said, then start again.'],
    retryable: false,
    provider: 'service',
    operation: 'start the engine',
  });
}

async function stopThread(thread: Worker, graceMs: number): Promise<void> {
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const tooLong = setTimeout(() => void thread.terminate(), 2 * graceMs);
  const order: ToEngine = { graceMs };
  thread.postMessage(order);
  await ended;
  clearTimeout(tooLong);
}
