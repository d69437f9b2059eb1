import { IntegrationError } from '../../../ports/errors.js';

interface Turn<Row, Answer> {
  readonly run: (row: Row) => Promise<Answer>;
  /** True when something was changed, or may have been. */
  readonly changed: (answer: Answer) => boolean;
  /** The answer for a row that was not reached. */
  readonly notReached: (row: Row, error: IntegrationError) => Answer;
}

/**
 * One after the other; an hour's limit sets the pace, not the answer times. A failure that is not about one row
 * stops the rest, and is thrown only when nothing was changed before.
 */
export async function inTurn<Row, Answer>(
  rows: readonly Row[],
  { run, changed, notReached }: Turn<Row, Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  try {
    for (const row of rows) answers.push(await run(row));
    return answers;
  } catch (error) {
    if (!(error instanceof IntegrationError) || !answers.some(changed)) throw error;
    return [...answers, ...rows.slice(answers.length).map((row) => notReached(row, error))];
  }
}
