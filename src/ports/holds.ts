import { IntegrationError } from './errors.js';
import type { HeldPiece } from './piece-store.js';

/** A lease in somebody's hands. */
export interface HeldLease {
  readonly name: string;
  readonly holder: string;
  readonly fence: number;
}

/** What somebody must still hold for what they write to be kept. */
export type Held = HeldPiece | HeldLease;

/** Why nothing more is written by whoever held it. */
export function lost(held: Held): IntegrationError {
  return 'piece' in held ? lostPiece() : lostLease();
}

/** The piece is somebody else's by now. */
export function lostPiece(): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_PIECE_LOST',
    message: 'This worker was silent so long that another one took over its part of the run.',
    actions: ['Nothing needs to be done: the other one goes on from there.'],
    retryable: true,
    provider: 'state',
    operation: 'keep a piece of a run',
  });
}

/** The lease is somebody else's by now. */
export function lostLease(): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_LEASE_LOST',
    message: 'This run was paused so long that another one could start; it stopped before its next write.',
    actions: ['Start again: what was done is kept, what was not is planned anew.'],
    retryable: true,
    provider: 'state',
    operation: 'renew lease',
  });
}
