import type { Row } from '../schema/types.js';

/** Who made a transaction, and through what. */
export interface Author {
  readonly userId: string;
  /** `com/salesforce/api/rest/62.0;client=acme`; '' for what the platform does by itself. */
  readonly origin: string;
}

export interface Change {
  readonly object: string;
  readonly id: string;
  /** Null = it was not there. */
  readonly before: Row | null;
  readonly after: Row | null;
}

/** What one transaction changed for good. */
export interface Commit {
  readonly author: Author;
  readonly changes: readonly Change[];
}

/** Gathers writes into transactions and tells of each once it is final; what was taken back is told to nobody. */
export interface Commits {
  /** Told before each write, by every table. */
  readonly note: (object: string, id: string, before: Row | null) => void;
  /** One transaction; inside another one, or while one is held open, part of it. */
  readonly within: <T>(author: Author, work: () => T) => T;
  /** Keeps the transaction open until what is returned is called. */
  readonly open: () => () => void;
  readonly follow: (listener: (commit: Commit) => void) => void;
}

export function startCommits(rowOf: (object: string, id: string) => Row | null): Commits {
  const listeners: ((commit: Commit) => void)[] = [];
  let depth = 0;
  let author: Author | null = null;
  let noted = new Map<string, Omit<Change, 'after'>>();
  const leave = (): void => {
    depth -= 1;
    if (depth > 0) return;
    const changes = [...noted.values()].flatMap((change) => settled(change, rowOf));
    const by = author;
    noted = new Map();
    author = null;
    if (changes.length > 0 && by !== null)
      for (const listener of listeners) listener({ author: by, changes });
  };
  return {
    note: (object, id, before) => {
      const key = `${object} ${id}`;
      if (depth > 0 && !noted.has(key)) noted.set(key, { object, id, before });
    },
    within: (by, work) => {
      depth += 1;
      author ??= by;
      try {
        return work();
      } finally {
        leave();
      }
    },
    open: () => {
      depth += 1;
      return leave;
    },
    follow: (listener) => void listeners.push(listener),
  };
}

function settled(
  change: Omit<Change, 'after'>,
  rowOf: (object: string, id: string) => Row | null,
): readonly Change[] {
  const after = rowOf(change.object, change.id);
  return same(change.before, after) ? [] : [{ ...change, after }];
}

function same(before: Row | null, after: Row | null): boolean {
  if (before === after) return true;
  if (before === null || after === null) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => before[name] === after[name]);
}
