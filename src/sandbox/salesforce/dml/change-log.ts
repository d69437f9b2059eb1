import type { Row } from '../schema/types.js';
import type { Org } from '../store/org.js';

interface Change {
  readonly object: string;
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** What one call wrote, so that it can be taken back (all or none) and written again later (late commit). */
export interface ChangeLog {
  readonly put: (object: string, row: Row) => void;
  readonly erase: (object: string, id: string) => void;
  /** A place to go back to. */
  readonly mark: () => number;
  readonly undoTo: (mark: number) => void;
  /** Takes everything back; what is returned writes it again. */
  readonly lift: () => () => void;
  readonly size: () => number;
}

export function startChangeLog(org: Org): ChangeLog {
  const changes: Change[] = [];
  const apply = (object: string, id: string, row: Row | null): void => {
    if (row === null) {
      org.table(object).erase(id);
    } else {
      org.table(object).put(row);
    }
  };
  const write = (object: string, id: string, after: Row | null): void => {
    changes.push({ object, id, before: org.table(object).get(id), after });
    apply(object, id, after);
  };
  const undoTo = (mark: number): readonly Change[] => {
    const back = changes.splice(mark);
    for (const change of back.toReversed()) {
      apply(change.object, change.id, change.before);
    }
    return back;
  };
  return {
    put: (object, row) => write(object, String(row.Id), row),
    erase: (object, id) => write(object, id, null),
    mark: () => changes.length,
    undoTo: (mark) => {
      undoTo(mark);
    },
    lift: () => {
      const lifted = undoTo(0);
      return () => {
        for (const change of lifted) {
          apply(change.object, change.id, change.after);
        }
      };
    },
    size: () => changes.length,
  };
}
