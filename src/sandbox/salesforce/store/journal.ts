import type { Row } from '../schema/types.js';

/** Undoes writes over several calls: a composite that is all or nothing, a tree, a graph. */
export interface Journal {
  readonly note: (object: string, id: string, before: Row | null) => void;
  /** Starts to remember; the caller must keep or roll back. */
  readonly checkpoint: () => Checkpoint;
}

export interface Checkpoint {
  readonly keep: () => void;
  readonly rollBack: () => void;
}

interface Noted {
  readonly object: string;
  readonly id: string;
  readonly before: Row | null;
}

/** `restore` puts a row back as it was; null = it was not there. */
export function startJournal(restore: (noted: Noted) => void): Journal {
  let open = 0;
  let notes: Noted[] = [];
  const end = (): void => {
    open -= 1;
    notes = open === 0 ? [] : notes;
  };
  return {
    note: (object, id, before) => {
      if (open > 0) {
        notes.push({ object, id, before });
      }
    },
    checkpoint: () => {
      open += 1;
      const from = notes.length;
      return {
        keep: end,
        rollBack: () => {
          for (const noted of notes.splice(from).toReversed()) {
            restore(noted);
          }
          end();
        },
      };
    },
  };
}
