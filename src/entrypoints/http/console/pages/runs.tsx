import type { RunLine } from '../../../../service/views/runs.js';
import { Deed } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { RunRows } from '../parts/run-line.js';
import { linkTo, type Visit } from '../parts/visit.js';

interface Props {
  readonly visit: Visit;
  readonly runs: readonly RunLine[];
  readonly now: number;
}

/** The latest runs, and a way to start one. */
export function RunsPage({ visit, runs, now }: Props) {
  const link = linkTo(visit, 'runs');
  const deeds = (
    <div class="deeds">
      <Deed visit={visit} action={link} word="Plan only">
        <input type="hidden" name="kind" value="plan" />
      </Deed>
      <Deed visit={visit} action={link} word="Run now" look="main">
        <input type="hidden" name="kind" value="sync" />
      </Deed>
    </div>
  );
  return (
    <Page visit={visit} place="runs" title="Runs" aside={deeds}>
      <section class="card" aria-label="The latest runs">
        {runs.length === 0 ? (
          <p class="quiet">No run yet. “Plan only” makes the first; it writes nothing.</p>
        ) : (
          <RunRows visit={visit} runs={runs} now={now} />
        )}
      </section>
    </Page>
  );
}
