import type { PlaybookView } from '../../../../service/views/playbooks.js';
import { Deed } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { linkTo, type Visit } from '../parts/visit.js';
import { count, dayText, percent } from '../parts/words.js';

interface Props {
  readonly visit: Visit;
  readonly playbook: PlaybookView;
  readonly names: ReadonlyMap<string, string>;
  /** Paused by hand itself, and not with something larger. */
  readonly pausedItself: boolean;
}

/** One playbook: its steps, its episodes, whom it did not reach, and what it changed. */
export function PlaybookPage({ visit, playbook, names, pausedItself }: Props) {
  const link = linkTo(visit, 'playbooks', playbook.id);
  return (
    <Page
      visit={visit}
      place="playbooks"
      title={playbook.label}
      aside={
        <div class="deeds">
          <Deed visit={visit} action={`${link}/try`} word="Try it" />
          {pausedItself ? (
            <Deed visit={visit} action={`${link}/resume`} word="Resume" look="main" />
          ) : (
            <Deed visit={visit} action={`${link}/pause`} word="Pause" />
          )}
        </div>
      }
    >
      {playbook.paused !== null && <p class="note warn">It is paused: {playbook.paused}.</p>}
      <div class="columns">
        <Nature playbook={playbook} />
        <section class="card" aria-labelledby="lift">
          <h2 id="lift">What it changed</h2>
          <div hx-get={`${link}/lift`} hx-trigger="load" hx-swap="outerHTML">
            <p>
              <a href={`${link}/lift`}>Measure the lift</a>
            </p>
          </div>
        </section>
      </div>
      <div class="columns">
        <Refusals playbook={playbook} />
        <EpisodeList visit={visit} playbook={playbook} names={names} />
      </div>
    </Page>
  );
}

function Nature({ playbook }: Pick<Props, 'playbook'>) {
  return (
    <section class="card" aria-labelledby="nature">
      <h2 id="nature">What it does</h2>
      <dl class="facts">
        <dt>Begins</dt>
        <dd>
          <code>{playbook.trigger}</code>
        </dd>
        <dt>Running</dt>
        <dd>
          {count(playbook.running)}, {count(playbook.heldOut)} held out
        </dd>
        <dt>Hold-out</dt>
        <dd>{playbook.holdout === 0 ? 'none' : `${percent(playbook.holdout)} of the accounts`}</dd>
        <dt>Priority</dt>
        <dd>{playbook.priority}</dd>
      </dl>
      <table>
        <caption class="hidden">Steps</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              Day
            </th>
            <th scope="col">Step</th>
            <th scope="col">Channel</th>
            <th scope="col">Target</th>
          </tr>
        </thead>
        <tbody>
          {playbook.steps.map(({ id, day, channel, target }) => (
            <tr key={id}>
              <td class="number">{day}</td>
              <th scope="row">{id}</th>
              <td>{channel}</td>
              <td dir="auto">{target}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Refusals({ playbook: { refusals } }: Pick<Props, 'playbook'>) {
  return (
    <section class="card" aria-labelledby="refusals">
      <h2 id="refusals">Not enrolled in the last 7 days</h2>
      {refusals.length === 0 ? (
        <p class="quiet">Nobody was refused or put off.</p>
      ) : (
        <table>
          <caption class="hidden">Refusals by code</caption>
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col" class="number">
                For good
              </th>
              <th scope="col" class="number">
                Put off
              </th>
            </tr>
          </thead>
          <tbody>
            {refusals.map(({ code, refused, deferred }) => (
              <tr key={code}>
                <th scope="row" class="id">
                  {code}
                </th>
                <td class="number">{count(refused)}</td>
                <td class="number">{count(deferred)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function EpisodeList({ visit, playbook: { episodes }, names }: Pick<Props, 'visit' | 'playbook' | 'names'>) {
  return (
    <section class="card" aria-labelledby="episodes">
      <h2 id="episodes">Running episodes</h2>
      {episodes.length === 0 ? (
        <p class="quiet">None at the moment.</p>
      ) : (
        <table>
          <caption class="hidden">Running episodes, latest first</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Since</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {episodes.map(({ id, account, edge, heldOut, goalOn }) => (
              <tr key={id}>
                <th scope="row">
                  <a class="name" href={linkTo(visit, 'accounts', account)} dir="auto">
                    {names.get(account) ?? account}
                  </a>
                </th>
                <td class="nowrap">{dayText(edge)}</td>
                <td>
                  {heldOut ? 'held out' : goalOn === null ? 'running' : `goal reached ${dayText(goalOn)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
