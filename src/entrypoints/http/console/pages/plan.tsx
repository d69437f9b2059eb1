import type { PlanPage as PlanRows } from '../../../../service/views/plan.js';
import type { PlanReview } from '../../../../service/views/plan-review.js';
import type { Brake } from '../../../../sync/brakes.js';
import { Choice, Deed } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { PlanCounts } from '../parts/plan-counts.js';
import { PlanTable } from '../parts/plan-table.js';
import { linkTo, linkWith, type Visit } from '../parts/visit.js';

export const PLAN_KINDS = [
  { id: 'field', word: 'Account fields' },
  { id: 'enrolment', word: 'Enrolments and tasks' },
  { id: 'leave', word: 'Taken out' },
  { id: 'refusal', word: 'Not enrolled' },
  { id: 'carry', word: 'Brought up to date' },
  { id: 'record', word: 'Records of ours' },
] as const;

export interface PlanProps {
  readonly visit: Visit;
  readonly review: PlanReview;
  /** What waits for approval in this plan; empty = nothing. */
  readonly waiting: readonly Brake[];
  readonly rows: PlanRows;
  readonly kind: string | null;
  readonly names: ReadonlyMap<string, string>;
}

/** A plan before it is carried out: what holds it, how much it is, and every difference. */
export function PlanPage({ visit, review, waiting, rows, kind, names }: PlanProps) {
  const { run } = review;
  const link = linkTo(visit, 'plan', run.id);
  return (
    <Page
      visit={visit}
      place="plan"
      title={waiting.length > 0 ? 'A plan waits for you' : 'Plan'}
      aside={
        <p class="quiet">
          Run{' '}
          <a class="id" href={linkTo(visit, 'runs', run.id)}>
            {run.id}
          </a>
        </p>
      }
    >
      {waiting.length > 0 && <Approval visit={visit} run={run.id} brakes={waiting} />}
      <PlanCounts review={review} />
      <section class="card" aria-labelledby="rows">
        <h2 id="rows">Every difference</h2>
        <form class="filters" method="get" action={link}>
          <Choice name="kind" label="Kind" all="Everything" value={kind} choices={PLAN_KINDS} />
          <button type="submit">Show</button>
        </form>
        <PlanTable visit={visit} items={rows.items} names={names} />
        {rows.next !== null && (
          <p>
            <a rel="next" href={linkWith(link, { kind, after: rows.next })}>
              Next page
            </a>
          </p>
        )}
      </section>
    </Page>
  );
}

interface ApprovalProps {
  readonly visit: Visit;
  readonly run: string;
  readonly brakes: readonly Brake[];
}

function Approval({ visit, run, brakes }: ApprovalProps) {
  const link = linkTo(visit, 'plan', run);
  return (
    <section class="card" aria-labelledby="brakes">
      <h2 id="brakes">Why it is held</h2>
      <ul class="notes">
        {brakes.map(({ sentence }) => (
          <li key={sentence} class="note bad" dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
      <p class="quiet">
        Nothing was written. Approving lets the next run carry out this kind of change, once; it plans anew
        from what the CRM holds by then.
      </p>
      <div class="deeds">
        <Deed visit={visit} action={`${link}/approve`} word="Approve and run now" look="main">
          <input type="hidden" name="run" value="now" />
        </Deed>
        <Deed visit={visit} action={`${link}/approve`} word="Approve for the next run" />
        <Deed visit={visit} action={`${link}/reject`} word="Reject" look="bad" />
      </div>
    </section>
  );
}

/** Where no plan waits. */
export function NoPlanPage({ visit, latest }: { readonly visit: Visit; readonly latest: string | null }) {
  return (
    <Page visit={visit} place="plan" title="Plan">
      <div class="card">
        <p>No plan waits for you.</p>
        <p class="quiet">
          A plan that would change very much at once is held until somebody has looked at it; the numbers
          stand in config/engagement.yaml.
        </p>
        {latest !== null && (
          <p>
            <a href={linkTo(visit, 'plan', latest)}>See the plan of the latest run</a>
          </p>
        )}
      </div>
    </Page>
  );
}
