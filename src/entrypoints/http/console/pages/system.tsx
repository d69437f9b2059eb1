import type { SystemView } from '../../../../service/views/system.js';
import { AccessLists, Audit } from '../parts/access-lists.js';
import { Deed } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { Ago } from '../parts/moment.js';
import { RunRows } from '../parts/run-line.js';
import { linkTo, type Visit } from '../parts/visit.js';
import { count, lasting, percent } from '../parts/words.js';

interface Props {
  readonly visit: Visit;
  readonly view: SystemView;
}

/** How the service itself is. */
export function SystemPage({ visit, view }: Props) {
  return (
    <Page visit={visit} place="system" title="System">
      <Figures view={view} />
      <div class="columns">
        <Engines view={view} />
        <Limits view={view} />
      </div>
      {view.failedJobs.length > 0 && <FailedJobs visit={visit} view={view} />}
      <section class="card" aria-labelledby="last-runs">
        <h2 id="last-runs">Last runs</h2>
        <RunRows visit={visit} runs={view.runs} now={view.now} />
      </section>
      {view.access !== null && <AccessLists access={view.access} now={view.now} />}
      <Audit audit={view.audit} />
    </Page>
  );
}

function Figures({ view: { vitals } }: Pick<Props, 'view'>) {
  const { queue } = vitals;
  const figures = [
    ['Jobs waiting', count(queue.waiting)],
    ['Jobs under way', count(queue.active)],
    ['Jobs failed', count(queue.failed)],
    ['Queue lag', queue.lagMs === null ? 'none' : lasting(queue.lagMs)],
    ['Salesforce calls, 24 h', count(vitals.salesforceCalls)],
    ['Usage readings waiting', count(vitals.usageWaiting)],
  ];
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span class="big">{value}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Engines({ view: { engines, holds, realNow } }: Pick<Props, 'view'>) {
  return (
    <section class="card" aria-labelledby="engines">
      <h2 id="engines">Engines</h2>
      {engines.length === 0 ? (
        <p class="note bad">None was heard of in the last hour: nothing is done.</p>
      ) : (
        <table>
          <caption class="hidden">Engines that were heard of in the last hour</caption>
          <thead>
            <tr>
              <th scope="col">Engine</th>
              <th scope="col">Heard</th>
              <th scope="col">Runs since</th>
            </tr>
          </thead>
          <tbody>
            {engines.map(({ holder, at, startedAt, silent }) => (
              <tr key={holder}>
                <th scope="row" class="id">
                  {holder}
                </th>
                <td>
                  <Ago at={at} now={realNow} /> {silent && <span class="state state-failed">silent</span>}
                </td>
                <td>
                  <Ago at={startedAt} now={realNow} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {holds.length > 0 && <p class="note warn">Paused by hand: {holds.join(', ')}.</p>}
    </section>
  );
}

function Limits({
  view: {
    limits,
    notes,
    vitals: { feed },
    now,
  },
}: Pick<Props, 'view'>) {
  return (
    <section class="card" aria-labelledby="limits">
      <h2 id="limits">Limits and notes</h2>
      {feed !== null && (
        <p class={['silent', 'lost'].includes(feed.state) ? 'note warn' : ''}>
          {feed.sentence}
          {feed.lastHeardAt !== null && (
            <span class="quiet">
              {' '}
              Heard <Ago at={feed.lastHeardAt} now={now} />.
            </span>
          )}
        </p>
      )}
      <p>
        Our share is {percent(limits.share)} of the org’s daily requests; at {percent(limits.orgCeiling)} of
        the whole org’s use we stop.
      </p>
      {notes.length > 0 && (
        <details class="more">
          <summary>{notes.length} notes on the configuration</summary>
          <ul>
            {notes.map((note) => (
              <li key={note} dir="auto">
                {note}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function FailedJobs({ visit, view: { failedJobs, realNow } }: Props) {
  const link = linkTo(visit, 'system', 'jobs');
  return (
    <section class="card" aria-labelledby="failed-jobs">
      <h2 id="failed-jobs">Jobs that failed for good</h2>
      <table class="cards">
        <caption class="hidden">Jobs that failed for good, latest first</caption>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Why</th>
            <th scope="col">When</th>
            <th scope="col">
              <span class="hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {failedJobs.map(({ id, reason, attempts, failedAt }) => (
            <tr key={id}>
              <th scope="row" class="id">
                {id}
              </th>
              <td class="whole-line" dir="auto">
                {reason} <span class="quiet">({attempts === 1 ? 'one try' : `${attempts} tries`})</span>
              </td>
              <td>
                <Ago at={failedAt} now={realNow} />
              </td>
              <td>
                <div class="deeds">
                  <Deed visit={visit} action={`${link}/retry`} word="Retry" label={`Retry job ${id}`}>
                    <input type="hidden" name="id" value={id} />
                  </Deed>
                  <Deed
                    visit={visit}
                    action={`${link}/discard`}
                    word="Discard"
                    label={`Discard job ${id}`}
                    look="bad"
                  >
                    <input type="hidden" name="id" value={id} />
                  </Deed>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
