import type { Said } from './visit.js';
import { counted } from './words.js';

/** What has been done, by the word that stands in the address: no text of anybody else is ever shown from there. */
const SAID: Readonly<Record<string, (many: number) => string>> = {
  'run-asked': () => 'The run is asked for; it begins as soon as an engine is free.',
  'plan-asked': () => 'The plan is asked for; it begins as soon as an engine is free, and writes nothing.',
  'run-paused': () => 'The run was asked to pause; it stops at its next safe point.',
  'run-resumed': () => 'The run goes on.',
  'run-cancelled': () => 'The run was asked to stop for good; what was written stays.',
  approved: () => 'Approved. The next run carries this kind of change out, once.',
  'approved-run': () => 'Approved, and a run is asked for: it carries the plan out.',
  rejected: () =>
    'Rejected: nothing of it is carried out. The next run plans anew, and is held again if it is still so much.',
  retried: (many) => `${counted(many, 'record is', 'records are')} tried again by the next run.`,
  discarded: () => 'Discarded. It is not tried again before its content changes by itself.',
  paused: () => 'Paused. Scores and tiers go on.',
  resumed: () => 'It goes on with the next run.',
  'trial-asked': () => 'The trial is asked for; nothing is written to anybody.',
  'what-if-asked': () => 'The question is put; an engine answers it.',
  'job-retried': () => 'The job waits again.',
  'job-discarded': () => 'The job is forgotten.',
};

export function saidOf(word: string | null, many: number | null): Said | null {
  const told = word !== null && Object.hasOwn(SAID, word) ? SAID[word] : undefined;
  return told === undefined ? null : { text: told(many ?? 0), bad: false };
}
