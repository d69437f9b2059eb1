import type { MessagePort } from 'node:worker_threads';
import { type ErrorKind, IntegrationError } from '../../../ports/errors.js';
import type { JobQueue } from '../../../ports/job-queue.js';
import { awayError, elsewhereError } from './errors.js';

/** What can be asked for from another thread. */
type Asked = Exclude<keyof JobQueue, 'work' | 'close'>;

interface Question {
  readonly call: number;
  readonly asked: Asked;
  readonly argument: unknown;
}

type Answer = { readonly call: number } & ({ readonly value: unknown } | { readonly failure: Failure });

/** An `IntegrationError` as plain values: a class does not survive the way. */
interface Failure {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly retryable: boolean;
  readonly provider: string;
  readonly operation: string;
}

/** In the thread that holds the queue: answers whoever has the other end, until that is closed. */
export function serveQueue(port: MessagePort, queue: JobQueue): void {
  const answer = async ({ call, asked, argument }: Question): Promise<Answer> => {
    try {
      const ask = queue[asked] as (argument: unknown) => Promise<unknown>;
      return { call, value: await ask(argument) };
    } catch (error) {
      return { call, failure: failureOf(error, asked) };
    }
  };
  port.on('message', (question: Question) => {
    void answer(question).then((answered) => port.postMessage(answered));
  });
}

function failureOf(error: unknown, asked: Asked): Failure {
  const known = error instanceof IntegrationError ? error : awayError(asked);
  const { kind, code, message, actions, retryable, provider, operation } = known;
  return { kind, code, message, actions, retryable, provider, operation };
}

interface Asking {
  readonly settle: (answer: Answer) => void;
  readonly giveUp: () => void;
}

/**
 * The queue of another thread. A call that is not answered within `answerWithinMs`, or whose thread has ended,
 * is `QUEUE_AWAY`; an `add` may have been heard all the same, and its id keeps a second one from counting.
 */
export function queueOverPort(port: MessagePort, answerWithinMs: number): JobQueue {
  const asking = new Map<number, Asking>();
  let calls = 0;
  let gone = false;
  port.on('message', (answer: Answer) => asking.get(answer.call)?.settle(answer));
  port.on('close', () => {
    gone = true;
    for (const { giveUp } of asking.values()) giveUp();
  });
  // What still waits for an answer holds the process by its timer.
  port.unref();
  const ask = async <T>(asked: Asked, argument?: unknown): Promise<T> => {
    if (gone) throw awayError(asked);
    calls += 1;
    const question: Question = { call: calls, asked, argument };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const giveUp = (): void => reject(awayError(asked));
    const timer = setTimeout(giveUp, answerWithinMs);
    asking.set(question.call, { settle: resolve, giveUp });
    try {
      port.postMessage(question);
      return toldBy<T>(await promise);
    } finally {
      clearTimeout(timer);
      asking.delete(question.call);
    }
  };
  const seen = lastSeen();
  const changing = (asked: 'retry' | 'discard', id: string): Promise<boolean> => {
    seen.forget();
    return ask(asked, id);
  };
  return {
    add: (job) => ask('add', job),
    counts: () => seen.orLately('counts', () => ask('counts')),
    failed: (limit) => seen.orLately(`failed ${limit}`, () => ask('failed', limit)),
    retry: (id) => changing('retry', id),
    discard: (id) => changing('discard', id),
    work: () => Promise.reject(elsewhereError()),
    close: async () => port.close(),
  };
}

/** How long a look waits for a thread that is in the middle of something, and how old what it is told instead may be. */
const LOOK_MS = 50;
const LATELY_MS = 10_000;

/** Answers to what is only looked at: the last one stands in where a fresh one takes too long, unless something was changed since. */
function lastSeen() {
  const known = new Map<string, { readonly value: unknown; readonly at: number }>();
  const orLately = async <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const fresh = ask().then((value) => {
      known.set(name, { value, at: performance.now() });
      return value;
    });
    const last = known.get(name);
    if (last === undefined || performance.now() - last.at > LATELY_MS) return fresh;
    fresh.catch(() => {});
    const { promise: late, resolve } = Promise.withResolvers<T>();
    const timer = setTimeout(() => resolve(last.value as T), LOOK_MS);
    return Promise.race([fresh, late]).finally(() => clearTimeout(timer));
  };
  return { orLately, forget: () => known.clear() };
}

function toldBy<T>(answer: Answer): T {
  if ('failure' in answer) throw new IntegrationError(answer.failure);
  return answer.value as T;
}
