import type { Day } from '../domain/day.js';
import type { CrmRow } from '../domain/facts/record.js';
import { categoryOf, flagOf, numberOf } from '../domain/facts/row-values.js';
import { PAGE, type Run } from '../sync/context.js';

/** A renewal whose end is known. */
interface ClosedRenewal {
  readonly on: Day;
  readonly lost: boolean;
}

/** Renewals of an account that were closed by a day, one way or the other. */
function closedRenewals(rows: readonly CrmRow[], upTo: Day): readonly ClosedRenewal[] {
  return rows.flatMap((row) => {
    const [on, won] = [numberOf(row, 'closeOn'), flagOf(row, 'won')];
    const closed = flagOf(row, 'closed') === true && categoryOf(row, 'type') === 'renewal';
    return closed && on !== null && won !== null && on <= upTo ? [{ on, lost: !won }] : [];
  });
}

/** How many outcomes the book holds, and how many of them are losses. */
export async function countOutcomes(run: Run): Promise<{ readonly n: number; readonly lost: number }> {
  let [n, lost] = [0, 0];
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const { rows } of page) {
      const found = closedRenewals(rows.opportunity ?? [], run.today);
      n += found.length;
      lost += found.filter((one) => one.lost).length;
    }
  }
  return { n, lost };
}
