import type { Problem } from '../problems.js';
import type { Note } from '../resolved.js';

/** What a load found, gathered over all files so that everything is said at once. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  readonly report: (...problems: readonly Problem[]) => void;
  readonly note: (at: Problem) => void;
}

export function gatherFindings(): Findings {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  return {
    problems,
    notes,
    report: (...found) => {
      problems.push(...found);
    },
    note: ({ file, line, message }) => {
      notes.push({ file, line, message });
    },
  };
}
