import type { Compiled } from '../expressions/expression.js';
import type { Reader } from './reader.js';

/** Something that is right and has no effect, because facts that it needs are not mapped. */
export interface Gap {
  /** Its name in a list of several. */
  readonly what: string;
  readonly facts: readonly string[];
  /** What is said of it when it is the only one. */
  readonly alone: string;
  /** Notes at its own place. */
  readonly note: (message: string) => void;
}

/** Facts that keep a condition from ever holding, or a number from ever being known; none when it can be. */
export function unknownFacts(
  compiled: Compiled<boolean> | Compiled<number>,
  { known }: Reader,
): readonly string[] {
  const can = compiled.type === 'boolean' ? compiled.holdable(known) : compiled.knowable(known);
  return can ? [] : compiled.expression.facts.filter((fact) => !known(fact));
}

/** One gap is noted where it stands, several in one sentence: thirty lines of notes are read by nobody. */
export function noteGaps(gaps: readonly Gap[], effect: string, noteAll: (message: string) => void): void {
  const [only, second] = gaps;
  if (only === undefined) return;
  if (second === undefined) {
    only.note(`${only.alone}: ${only.facts.join(', ')} can’t be known with what is mapped`);
    return;
  }
  const listed = gaps.map(({ what, facts }) => `${what} (${[...new Set(facts)].join(', ')})`);
  noteAll(`${gaps.length} ${effect}: ${listed.join(', ')}`);
}
