import { type ErrorKind, IntegrationError } from '../../ports/errors.js';
import type { StoredPiece } from '../../ports/piece-store.js';
import { bySystem, type Calls, callsTogether } from '../context.js';
import { isOutage, isPause } from '../pause.js';

/** What is kept of a piece that has ended. */
export interface PieceOutcome {
  readonly value: unknown;
  /** Requests that its holder had sent before and after it: of two pieces at once each sees the other's. */
  readonly calls: { readonly before: Calls; readonly after: Calls };
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

/** Requests that processes sent for pieces, each once however many pieces saw it. */
export function callsOfPieces(pieces: readonly StoredPiece[]): Calls {
  const byHolder = Map.groupBy(pieces, ({ holder }) => holder);
  const all = [...byHolder.values()].map((theirs) =>
    bySystem((system) => {
      const seen = theirs.flatMap((piece) => outcomeOf(piece)?.calls ?? []);
      const kinds = new Set(seen.flatMap(({ after }) => Object.keys(after[system])));
      return Object.fromEntries(
        [...kinds].map((kind) => {
          const spans = seen.map(
            ({ before, after }): Span => [before[system][kind] ?? 0, after[system][kind] ?? 0],
          );
          return [kind, covered(spans)];
        }),
      );
    }),
  );
  return callsTogether(all);
}

type Span = readonly [from: number, to: number];

function covered(spans: readonly Span[]): number {
  let [sum, reached] = [0, 0];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}
