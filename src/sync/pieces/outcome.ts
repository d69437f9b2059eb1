import { type ErrorKind, IntegrationError } from '../../ports/errors.js';
import type { StoredPiece } from '../../ports/piece-store.js';
import type { Calls } from '../context.js';
import { isOutage, isPause } from '../pause.js';

/** What is kept of a piece that has ended. */
export interface PieceOutcome {
  readonly value: unknown;
  /** Requests that its holder sent meanwhile. */
  readonly calls: Calls;
  readonly error: KeptError | null;
}

interface KeptError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly retryable: boolean;
  readonly provider: string;
  readonly operation: string;
}

export function outcomeOf({ result }: StoredPiece): PieceOutcome | null {
  return result as PieceOutcome | null;
}

/** An error as the leader of the run will meet it, in whatever process that is. */
export function keptError(error: unknown): KeptError {
  if (error instanceof IntegrationError) {
    const { kind, code, message, actions, retryable, provider, operation } = error;
    return { kind, code, message, actions, retryable, provider, operation };
  }
  return {
    kind: 'UnexpectedResponse',
    code: 'RUN_PIECE_FAILED',
    message: `A part of the run stopped at something unforeseen: ${error instanceof Error ? error.message : String(error)}`,
    actions: ['Look into the log of the worker that did it, and report the fault.'],
    retryable: false,
    provider: 'run',
    operation: 'do a piece of a run',
  };
}

export function errorAgain(kept: KeptError): IntegrationError {
  return new IntegrationError(kept);
}

/** The one to tell: what nobody foresaw before a spent budget, and that before a tool that is down. */
export function worstOf(errors: readonly unknown[]): unknown {
  const weight = (error: unknown): number => (isOutage(error) ? 2 : isPause(error) ? 1 : 0);
  return errors.toSorted((a, b) => weight(a) - weight(b))[0];
}
