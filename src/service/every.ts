import { IntegrationError } from '../ports/errors.js';
import type { Log } from '../ports/log.js';

export interface Rhythm {
  /** Resolves once a turn that is under way has ended; no other begins. */
  readonly stop: () => Promise<void>;
}

export interface Turn {
  /** For the log. */
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
}

/** Does the work at once and then again and again, never twice at a time. What goes wrong is logged; the next turn tries again. */
export function every({ name, everyMs, work }: Turn, log: Log): Rhythm {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn('A turn of the service failed', { turn: name, ...reasonOf(error) });
    }
    if (!stopped) timer = setTimeout(next, everyMs);
  };
  const next = (): void => {
    current = turn();
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

/** What is logged of an error: its code, and of a defect its name and text. */
export function reasonOf(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof IntegrationError) return { code: error.code };
  return {
    code: 'UNEXPECTED',
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
