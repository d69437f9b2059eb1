import { formatDay } from '../../domain/day.js';
import type { DeadLetter, StateStore } from '../../ports/state-store.js';
import { type Contested, contestedNow, contestedSentence } from '../../sync/quarrels.js';

/** A record that the CRM refused and that waits for somebody. */
export interface LetterLine
  extends Pick<DeadLetter, 'id' | 'run' | 'object' | 'record' | 'account' | 'attempts'> {
  readonly day: string;
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** What to do now. */
  readonly advice: string;
}

export interface Letters {
  readonly total: number;
  readonly letters: readonly LetterLine[];
  /** Fields that others change again and again, with what to do. */
  readonly contested: readonly (Contested & { readonly advice: string })[];
}

/** What waits for somebody, latest first. */
export async function lettersOf(state: StateStore, limit: number): Promise<Letters> {
  const contested = await contestedNow(state.notes);
  return {
    total: await state.deadLetters.count(),
    letters: (await state.deadLetters.list(limit)).map(lineOf),
    contested: contested.map((one) => ({ ...one, advice: contestedSentence(one) })),
  };
}

function lineOf({ content: _, day, refusal, ...letter }: DeadLetter): LetterLine {
  const { code, message, fields, advice } = refusal;
  return { ...letter, day: formatDay(day), code, message, fields, advice };
}
