import { VendorError, validation } from '../errors.js';
import type { ObjectRoom, Portal } from '../portal.js';
import { echoed } from '../rules/render.js';
import type { Done } from '../rules/write.js';
import { type Answer, type Ask, rowError } from './route.js';

const MOST_INPUTS = 100;
const MOST_WITH_HISTORY = 50;

export interface Row {
  readonly trace: string | undefined;
  readonly write: () => Done & { readonly isNew?: boolean };
}

interface Place {
  readonly portal: Portal;
  readonly room: ObjectRoom;
  readonly ask: Ask;
}

/** All or nothing, unless each row carries a trace id of its own: then 207 with an error per refused row. */
export function writeRows({ portal, room, ask }: Place, rows: readonly Row[], status: number): Answer {
  checkCount(rows.length, null);
  const partial =
    new Set(rows.map((row) => row.trace).filter((trace) => trace !== undefined)).size === rows.length;
  const done: Done[] = [];
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { trace, write } of rows) {
    const written = attempt(() => {
      strikeRow(portal, ask);
      return write();
    });
    if (written instanceof VendorError) {
      if (!partial) throw takenBack(done, written);
      errors.push(rowError(written, { objectWriteTraceId: [trace ?? ''] }));
      continue;
    }
    done.push(written);
    results.push(writtenRow(room, written, trace));
  }
  return envelope(portal, { results, errors }, status);
}

function writtenRow(
  room: ObjectRoom,
  written: Done & { readonly isNew?: boolean },
  trace: string | undefined,
): unknown {
  return {
    ...echoed(room, written.object),
    ...(written.isNew === undefined ? {} : { new: written.isNew }),
    ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
  };
}

function strikeRow(portal: Portal, ask: Ask): void {
  const fault = portal.faults.strike('partial-failure', ask.request);
  if (fault !== null) throw validation('The record was refused by a fault that was set on purpose.');
}

function attempt<T>(write: () => T): T | VendorError {
  try {
    return write();
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
}

function takenBack(done: readonly Done[], error: VendorError): VendorError {
  for (const { undo } of done.toReversed()) undo();
  return error;
}

export function checkCount(count: number, what: 'property histories' | null): void {
  const most = what === null ? MOST_INPUTS : MOST_WITH_HISTORY;
  if (count > most) {
    throw validation(
      `The maximum number of inputs supported in a batch request${what === null ? '' : ` for ${what}`} is ${most}. Please reduce the number of items and try again.`,
    );
  }
}

export function envelope(
  portal: Portal,
  { results, errors }: { readonly results: readonly unknown[]; readonly errors: readonly unknown[] },
  status: number,
): Answer {
  const at = new Date(Math.floor(portal.clock.now())).toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  return errors.length === 0
    ? { status, body }
    : { status: 207, body: { ...body, numErrors: errors.length, errors } };
}
