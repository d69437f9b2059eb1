import type { Day } from '../day.js';
import type { RefusalReason } from '../engagement/codes.js';

/** A reason with the day from which it may have passed; null = it is final. */
export interface Open extends RefusalReason {
  readonly tryOn: Day | null;
}

/** A reason, and the day from which it may have passed. */
export function open(code: RefusalReason['code'], evidence: string, tryOn: Day | null): Open {
  return { code, evidence, tryOn };
}
