import type { Trigger } from '../../../domain/engagement/playbook.js';
import type { Compiled } from '../../expressions/expression.js';
import type { WrittenPlaybook } from '../../normalised/playbook.js';
import { unknownFacts } from '../gaps.js';
import type { Reader } from '../reader.js';

type WrittenTrigger = WrittenPlaybook['trigger'];

/** A trigger, its condition, and the facts without which it never starts. */
export interface CheckedTrigger {
  readonly trigger: Trigger;
  readonly when: Compiled<boolean>;
  readonly missing: readonly string[];
}

function checkShape({ when, edge, countdown, every }: WrittenTrigger, reader: Reader): void {
  if (when === undefined && countdown === undefined && every === undefined)
    reader.wrongKey(['trigger'], 'the key "when" is missing here (or "countdown", or "every")');
  if (countdown !== undefined && every !== undefined)
    reader.wrongKey(['trigger', 'every'], '"countdown" and "every" exclude each other; keep one');
  if (edge !== undefined && (countdown !== undefined || every !== undefined))
    reader.wrongKey(
      ['trigger', 'edge'],
      '"edge" goes with a plain condition: a countdown starts on the day of its mark, a period on its first day',
    );
}

function checkMarks({ countdown, reenter }: WrittenTrigger, reader: Reader): void {
  const marks = countdown?.marks ?? [];
  const gaps = marks.slice(1).map((mark, index) => (marks[index] ?? mark) - mark);
  gaps.forEach((gap, index) => {
    if (gap > 0) return;
    const path = ['trigger', 'countdown', 'marks', index + 1];
    reader.wrong(
      path,
      `${marks[index + 1]} does not lie below ${marks[index]}: marks fall from one to the next`,
    );
  });
  if (reenter === 'always' || gaps.length === 0) return;
  if (reenter === 'never' || reenter.afterDays > Math.min(...gaps))
    reader.wrong(
      ['trigger', 'reenter'],
      'each mark is a start of its own, so only the first would start; write reenter: always',
    );
}

/** Checks what starts a playbook. Without a condition of its own a countdown or a period always may. */
export function checkTrigger(written: WrittenTrigger, reader: Reader): CheckedTrigger {
  const { per, edge, countdown, every, onFirstSight, fireWithin, reenter } = written;
  checkShape(written, reader);
  checkMarks(written, reader);
  const when = reader.condition(written.when ?? 'true', ['trigger', 'when']);
  const of = countdown && reader.number(countdown.of, ['trigger', 'countdown', 'of']);
  const trigger: Trigger = {
    per,
    when: when.expression,
    edge: edge === undefined ? null : reader.number(edge, ['trigger', 'edge']).expression,
    countdown: countdown && of ? { of: of.expression, marks: countdown.marks } : null,
    every: every ?? null,
    onFirstSight,
    fireWithin,
    reenter,
  };
  return {
    trigger,
    when,
    missing: [...unknownFacts(when, reader), ...(of ? unknownFacts(of, reader) : [])],
  };
}
