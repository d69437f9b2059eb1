import { lookingBackCondition } from '../../compose.js';
import { type Day, formatDay } from '../../domain/day.js';
import type { OutcomeQuestion } from '../../insight/outcomes.js';
import { IntegrationError } from '../../ports/errors.js';
import type { Run } from '../../sync/context.js';

/** Which outcomes a command looks back on, as asked on the command line. */
export interface OutcomeFlags {
  /** Days between a score and its outcome. */
  readonly days: number;
  readonly asOf: Day | null;
  readonly outcome: string | null;
  readonly among: string | null;
}

/** The same with its expressions read. Throws where one is wrong, or where what came of the day is not known yet. */
export function outcomeQuestion(
  { days, asOf, outcome, among }: OutcomeFlags,
  { settings, today }: Pick<Run, 'settings' | 'today'>,
): OutcomeQuestion {
  if (asOf !== null && asOf + days > today) throw notOverYet(asOf, days, today);
  return {
    days,
    asOf,
    lostWhen: outcome === null ? null : lookingBackCondition('--outcome', outcome, settings),
    among: among === null ? null : lookingBackCondition('--among', among, settings),
  };
}

function notOverYet(asOf: Day, days: number, today: Day): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'OUTCOME_NOT_OVER',
    message: `What came of ${formatDay(asOf)} within ${days} days is not known yet: the last look at the book was on ${formatDay(today)}.`,
    actions: [
      `The latest day for ${days} days is \`--as-of ${formatDay(today - days)}\`; with fewer \`--days\` it may be later.`,
    ],
    retryable: false,
    provider: 'state',
    operation: 'look back on outcomes',
  });
}
