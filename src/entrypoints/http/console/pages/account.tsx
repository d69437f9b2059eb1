import type { AccountView } from '../../../../service/views/account.js';
import type { AccountPageView } from '../../../../service/views/account-page.js';
import { History } from '../charts/history.js';
import { BandBadge, bandWord } from '../parts/band.js';
import { Bar } from '../parts/bar.js';
import { Decisions, Episodes } from '../parts/enrolments.js';
import { Page } from '../parts/layout.js';
import { Change, Lost } from '../parts/points.js';
import { Timeline } from '../parts/timeline.js';
import type { Visit } from '../parts/visit.js';
import { count, dayText, spokenId } from '../parts/words.js';

/** One account taken apart: what it lost, why its tier, what was done and what not. */
export function AccountPage({ visit, view }: { readonly visit: Visit; readonly view: AccountPageView }) {
  const { account, history, until, timeline, episodes, decisions } = view;
  const name = account.account.name?.trim() || account.account.id;
  return (
    <Page visit={visit} place="accounts" title={name} aside={<p class="quiet id">{account.account.id}</p>}>
      <div class="columns">
        <Standing view={view} />
        <Tier account={account} />
      </div>
      <div class="columns">
        <section class="card" aria-labelledby="lost">
          <h2 id="lost">Where the points went</h2>
          <Lost account={account} guards={view.guards} missing={view.missing} />
          <Change account={account} />
        </section>
        <section class="card" aria-labelledby="history">
          <h2 id="history">History</h2>
          <History points={history} until={until} />
          <h2>By dimension, of 100</h2>
          <Dimensions dimensions={view.dimensions} />
        </section>
      </div>
      <section class="card" aria-labelledby="enrolled">
        <h2 id="enrolled">Who is enrolled, and who is not</h2>
        <Episodes visit={visit} episodes={episodes} />
        <Decisions visit={visit} decisions={decisions} />
      </section>
      <section class="card" aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <Timeline happenings={timeline} />
      </section>
    </Page>
  );
}

const TRENDS = {
  up: 'Going up over 28 days',
  down: 'Going down over 28 days',
  flat: 'Steady over 28 days',
};

function Standing({ view: { account, missing } }: { readonly view: AccountPageView }) {
  return (
    <section class="card standing" aria-labelledby="health">
      <h2 id="health">Health</h2>
      <p class="score">
        <span class="huge">{account.score ?? 'No score'}</span>
        {account.score !== null && <span class="quiet">of 100</span>}
        <BandBadge band={account.band} />
      </p>
      <p>
        {TRENDS[account.trend]}
        <span class="quiet"> · {account.coverage} % of the model is known</span>
      </p>
      {account.bandSource === 'guard' && <p class="quiet">A guard holds the score down; see the points.</p>}
      {account.watermelon === true && (
        <p class="note warn">
          Green outside, red inside:{' '}
          {account.watermelonReason ??
            'use looks healthy, while sentiment, support or the relationship say otherwise'}
          .
        </p>
      )}
      <Pulse account={account} />
      {missing.length > 0 && (
        <details class="more">
          <summary>
            {missing.length === 1 ? '1 signal is' : `${missing.length} signals are`} not known
          </summary>
          <p class="quiet">{missing.join(', ')}</p>
        </details>
      )}
    </section>
  );
}

function Pulse({ account: { pulse, modelBand } }: { readonly account: AccountView }) {
  if (pulse === null) return null;
  return (
    <div class="note">
      <p>
        <b>Pulse: {bandWord(pulse.band)}</b>
        {pulse.by !== null && (
          <>
            {' by '}
            <bdi>{pulse.by}</bdi>
          </>
        )}
        , {pulse.until === null ? `since ${dayText(pulse.setOn)}` : `until ${dayText(pulse.until)}`}
      </p>
      {pulse.reason !== null && <blockquote dir="auto">{pulse.reason}</blockquote>}
      {modelBand !== pulse.band && <p class="quiet">The model says: {bandWord(modelBand).toLowerCase()}.</p>}
    </div>
  );
}

function Tier({ account }: { readonly account: AccountView }) {
  const { tier, tierSince, tierReason, tierWaitingFor, measure, phase, stage } = account;
  return (
    <section class="card" aria-labelledby="tier">
      <h2 id="tier">Why this tier</h2>
      <p class="score">
        <span class="tier-name" dir="auto">
          {spokenId(tier)}
        </span>
        <span class="quiet">since {dayText(tierSince)}</span>
      </p>
      <p dir="auto">{tierReason}</p>
      {tierWaitingFor !== null && (
        <p class="note">Waits to move to {spokenId(tierWaitingFor)}, once the calm rules allow it.</p>
      )}
      <dl class="facts">
        <dt>Measure</dt>
        <dd>{measure === null ? 'not known' : count(Math.round(measure))}</dd>
        <dt>Phase</dt>
        <dd>{phase ?? 'not known'}</dd>
        <dt>Stage</dt>
        <dd>{stage ?? 'not known'}</dd>
        <dt>Health model</dt>
        <dd dir="auto">{account.model}</dd>
      </dl>
    </section>
  );
}

function Dimensions({ dimensions }: Pick<AccountPageView, 'dimensions'>) {
  return (
    <table class="dimensions">
      <caption class="hidden">Score of each dimension</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">Dimension</th>
          <th scope="col">Score</th>
        </tr>
      </thead>
      <tbody>
        {dimensions.map(({ label, score }) => (
          <tr key={label}>
            <th scope="row" dir="auto">
              {label}
              <Bar parts={score === null ? [] : [{ from: 0, to: score / 100, class: 'fill-move' }]} />
            </th>
            <td class="number">{score ?? <span class="quiet">not scored</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
