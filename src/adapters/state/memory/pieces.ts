import { lostPiece } from '../../../ports/holds.js';
import type { HeldPiece, PieceMark, PieceName, PieceStore, StoredPiece } from '../../../ports/piece-store.js';
import { kept, type MemoryState } from './state.js';

const NEW = {
  status: 'open',
  holder: null,
  fence: 0,
  expiresAt: 0,
  done: 0,
  total: null,
  note: null,
  result: null,
} as const;

export function pieceStore(state: MemoryState): PieceStore {
  const { pieces } = state;
  const list = (run: string, stage: string | null): readonly StoredPiece[] =>
    kept([...pieces.values()].filter((one) => one.run === run && (stage === null || one.stage === stage)));
  const put = (piece: StoredPiece): void => void pieces.set(nameOf(piece), kept(piece));
  const change = (by: HeldPiece, to: Partial<StoredPiece>): boolean => {
    const piece = heldPiece(state, by);
    if (piece !== null) put({ ...piece, ...to });
    return piece !== null;
  };
  return {
    plan: async (run, stage, wanted) => {
      const planned = list(run, stage);
      for (const piece of planned)
        if (piece.status === 'failed') put({ ...piece, status: 'open', result: null });
      if (planned.length === 0) for (const piece of wanted) put({ ...NEW, ...piece, run, stage });
      return list(run, stage);
    },
    take: async (name, holder, now, ttlMs) => {
      const piece = pieces.get(nameOf(name));
      const free = piece?.status === 'open' || (piece?.status === 'taken' && piece.expiresAt <= now);
      if (piece === undefined || !free) return null;
      const taken = { ...piece, status: 'taken', holder, fence: piece.fence + 1, expiresAt: now + ttlMs };
      put(taken as StoredPiece);
      return kept(taken as StoredPiece);
    },
    renew: async (by, expiresAt, { done, total }) => change(by, { expiresAt, done, total }),
    holds: async (by) => heldPiece(state, by) !== null,
    note: async (by, note) => change(by, { note }),
    end: async (by, { status, result }) => change(by, { status, result, expiresAt: 0 }),
    release: async (by) => {
      change(by, { status: 'open', expiresAt: 0 });
    },
    standing: async (run, stage) =>
      list(run, stage).map(({ task: _task, note: _note, result: _result, ...piece }) => piece),
    list: async (run, stage) => list(run, stage),
  };
}

/** The piece while this holder has it, else null. */
export function heldPiece(
  { pieces }: MemoryState,
  { holder, fence, ...name }: HeldPiece,
): StoredPiece | null {
  const piece = pieces.get(nameOf(name));
  return piece?.status === 'taken' && piece.holder === holder && piece.fence === fence ? piece : null;
}

export function keepMark(state: MemoryState, { held, note }: PieceMark): void {
  const piece = heldPiece(state, held);
  if (piece === null) throw lostPiece();
  state.pieces.set(nameOf(held), kept({ ...piece, note }));
}

function nameOf({ run, stage, piece }: PieceName): string {
  return JSON.stringify([run, stage, piece]);
}
