import type { Counts, PlanReview } from '../../../../service/views/plan-review.js';
import { Moves } from '../charts/moves.js';
import { BandMark, bandOf, bandWord } from './band.js';
import { Bar } from './bar.js';
import { count, spokenId } from './words.js';

/** How much of what a plan changes, in pictures that are tables. */
export function PlanCounts({ review }: { readonly review: PlanReview }) {
  const { counted, total, fields, bandMoves, tierMoves, enrolments, tasks, refusals } = review;
  return (
    <>
      {counted < total && (
        <p class="quiet">
          Counted over the first {count(counted)} of {count(total)} differences.
        </p>
      )}
      <div class="columns loose">
        <section class="card" aria-labelledby="bands">
          <h2 id="bands">Bands</h2>
          <Moves
            moves={bandMoves}
            caption="Accounts by band before and after"
            word={(id) => <Band id={id} />}
          />
        </section>
        <section class="card" aria-labelledby="tiers">
          <h2 id="tiers">Tiers</h2>
          <Moves moves={tierMoves} caption="Accounts by tier before and after" word={spokenId} />
        </section>
        <Counted id="fields" title="Account fields" counts={fields} />
        <Counted id="enrolments" title="Enrolments by playbook" counts={enrolments} />
        <Counted id="tasks" title="Tasks by playbook" counts={tasks} />
        <Counted id="refusals" title="Not enrolled, by code" counts={refusals} />
      </div>
    </>
  );
}

function Band({ id }: { readonly id: string }) {
  if (bandOf(id) === null) return <span class="quiet">{id}</span>;
  return (
    <>
      <BandMark band={id} /> {bandWord(id)}
    </>
  );
}

const SHOWN = 8;

function Counted({
  id,
  title,
  counts,
}: {
  readonly id: string;
  readonly title: string;
  readonly counts: Counts;
}) {
  const lines = Object.entries(counts);
  if (lines.length === 0) return null;
  const most = Math.max(1, ...lines.map(([, n]) => n));
  const rows = (some: typeof lines) => (
    <table class="moves">
      <caption class="hidden">{title}</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">What</th>
          <th scope="col">How many</th>
        </tr>
      </thead>
      <tbody>
        {some.map(([name, n]) => (
          <tr key={name}>
            <th scope="row" dir="auto">
              {name}
              <Bar parts={[{ from: 0, to: n / most, class: 'fill-move' }]} />
            </th>
            <td class="number">{count(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows(lines.slice(0, SHOWN))}
      {lines.length > SHOWN && (
        <details class="more">
          <summary>{lines.length - SHOWN} more</summary>
          {rows(lines.slice(SHOWN))}
        </details>
      )}
    </section>
  );
}
