import { type FieldDifference, sameValue } from './difference.js';
import type { WrittenValue } from './written.js';

/** A field that holds something else by now than the run wrote: it is left as it is. */
export interface LeftField {
  readonly field: string;
  readonly wrote: WrittenValue;
  readonly holds: WrittenValue;
}

export interface RecordRevert {
  /** What to write: `expected` is what the run wrote, `value` what stood there before. */
  readonly back: readonly FieldDifference[];
  readonly left: readonly LeftField[];
}

/** What of a run's changes of one record can be put back, and what others have changed since. */
export function revertOf(
  changed: readonly FieldDifference[],
  holds: Readonly<Record<string, WrittenValue>>,
): RecordRevert {
  const back: FieldDifference[] = [];
  const left: LeftField[] = [];
  for (const { field, expected, value: wrote } of changed) {
    const now = holds[field] ?? null;
    if (!sameValue(now, wrote)) left.push({ field, wrote, holds: now });
    else if (!sameValue(expected, wrote))
      back.push({ field, expected: wrote, value: before(expected, wrote) });
  }
  return { back, left };
}

/** A checkbox is never empty. */
function before(expected: WrittenValue, wrote: WrittenValue): WrittenValue {
  return expected === null && typeof wrote === 'boolean' ? false : expected;
}
