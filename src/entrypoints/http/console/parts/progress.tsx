import type { RunProgress, StageProgress } from '../../../../service/views/run-progress.js';
import type { RunView } from '../../../../service/views/runs.js';
import { Bar } from './bar.js';
import { Deed } from './form.js';
import { Moment } from './moment.js';
import { RunState } from './run-line.js';
import { linkTo, type Visit } from './visit.js';
import { count, lasting, percent } from './words.js';

/** How far a run is. While it goes on, the part asks for itself again; without a script it stays until the page is loaded again. */
export function Progress({ visit, progress }: { readonly visit: Visit; readonly progress: RunProgress }) {
  const { id, run, stages } = progress;
  const live = run === null || run.status === 'running';
  const again = live
    ? {
        'hx-get': `${linkTo(visit, 'runs', id)}/progress`,
        'hx-trigger': 'every 1s',
        'hx-swap': 'outerHTML',
      }
    : {};
  return (
    <section class="card" id="progress" aria-labelledby="how-far" {...again}>
      <h2 id="how-far">How far it is</h2>
      <p role="status">
        {run === null ? (
          <span class="state state-deferred">Waits for an engine</span>
        ) : (
          <>
            <RunState status={run.status} />
            {run.status === 'running' && <Now stages={stages} />}
          </>
        )}
      </p>
      <ol class="steps">
        {stages.map(({ stage, word, state }) => (
          <li key={stage} class={state} aria-current={state === 'now' ? 'step' : undefined}>
            {word}
          </li>
        ))}
      </ol>
      <Share stages={stages} />
      {run !== null && <Outcome visit={visit} run={run} />}
      {run !== null && <Steering visit={visit} run={run} standsStill={progress.standsStill} />}
      {live && (
        <noscript>
          <p class="quiet">Load the page again to see how far it is.</p>
        </noscript>
      )}
    </section>
  );
}

function Now({ stages }: Pick<RunProgress, 'stages'>) {
  const now = stages.find(({ state }) => state === 'now');
  if (now === undefined) return null;
  return (
    <>
      : {now.word.toLowerCase()}
      {now.share !== null && `, ${percent(now.share)}`}
    </>
  );
}

function Share({ stages }: { readonly stages: readonly StageProgress[] }) {
  const share = stages.find(({ state }) => state === 'now')?.share ?? null;
  if (share === null) return null;
  return <Bar parts={[{ from: 0, to: share, class: 'fill-move' }]} />;
}

function Outcome({ visit, run }: { readonly visit: Visit; readonly run: RunView }) {
  const done = run.plan.filter(({ status }) => status === 'done').reduce((sum, { count: n }) => sum + n, 0);
  const all = run.plan.reduce((sum, { count: n }) => sum + n, 0);
  return (
    <>
      <dl class="facts">
        <dt>Began</dt>
        <dd>
          <Moment at={Date.parse(run.startedAt)} />
        </dd>
        {run.seconds !== null && (
          <>
            <dt>Took</dt>
            <dd>{lasting(run.seconds * 1000)}</dd>
          </>
        )}
        <dt>{run.apply ? 'Carried out' : 'Planned'}</dt>
        <dd>{run.apply ? `${count(done)} of ${count(all)} differences` : `${count(all)} differences`}</dd>
      </dl>
      {run.status !== 'running' && all > 0 && (
        <p>
          <a href={linkTo(visit, 'plan', run.id)}>See every difference of this plan</a>
        </p>
      )}
      {run.why !== null && (
        <p class="note warn" dir="auto">
          {run.why}
        </p>
      )}
    </>
  );
}

function Steering({
  visit,
  run: { id, status },
  standsStill,
}: {
  readonly visit: Visit;
  readonly run: RunView;
  readonly standsStill: boolean;
}) {
  if (status !== 'running' && !standsStill) return null;
  const link = linkTo(visit, 'runs', id);
  return (
    <div class="deeds">
      {standsStill ? (
        <Deed visit={visit} action={`${link}/resume`} word="Resume" look="main" />
      ) : (
        <Deed visit={visit} action={`${link}/pause`} word="Pause" />
      )}
      <Deed visit={visit} action={`${link}/cancel`} word="Cancel for good" look="bad" />
    </div>
  );
}
