import type { PlaybookLine } from '../../../../service/views/playbooks.js';
import { Deed } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { linkTo, type Visit } from '../parts/visit.js';
import { count, percent } from '../parts/words.js';

interface Props {
  readonly visit: Visit;
  readonly playbooks: readonly PlaybookLine[];
  /** Everything that is sent is paused. */
  readonly allPaused: boolean;
}

/** Every playbook: what starts it, what runs, what was not done and why. */
export function PlaybooksPage({ visit, playbooks, allPaused }: Props) {
  const link = linkTo(visit, 'playbooks');
  const running = playbooks.filter((playbook) => playbook.running + playbook.heldOut > 0);
  const others = playbooks.filter((playbook) => playbook.running + playbook.heldOut === 0);
  return (
    <Page
      visit={visit}
      place="playbooks"
      title="Playbooks"
      aside={
        allPaused ? (
          <Deed visit={visit} action={`${link}/resume`} word="Resume everything that is sent" look="main" />
        ) : (
          <Deed visit={visit} action={`${link}/pause`} word="Pause everything that is sent" />
        )
      }
    >
      <Group visit={visit} id="running" title="With running episodes" playbooks={running} />
      <Group visit={visit} id="others" title="Waiting for their next edge" playbooks={others} />
    </Page>
  );
}

interface GroupProps {
  readonly visit: Visit;
  readonly id: string;
  readonly title: string;
  readonly playbooks: readonly PlaybookLine[];
}

function Group({ visit, id, title, playbooks }: GroupProps) {
  if (playbooks.length === 0) return null;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <table class="cards">
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Playbook</th>
            <th scope="col" class="number">
              Running
            </th>
            <th scope="col" class="number">
              Held out
            </th>
            <th scope="col">Not enrolled in the last 7 days</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {playbooks.map((playbook) => (
            <tr key={playbook.id}>
              <th scope="row">
                <a class="name" href={linkTo(visit, 'playbooks', playbook.id)} dir="auto">
                  {playbook.label}
                </a>
                <br />
                <span class="quiet">{playbook.channels.join(', ')}</span>
              </th>
              <td class="number" data-label="Running">
                {count(playbook.running)}
              </td>
              <td class="number" data-label="Held out">
                {count(playbook.heldOut)}{' '}
                {playbook.holdout > 0 && <span class="quiet">({percent(playbook.holdout)})</span>}
              </td>
              <td class="whole-line" data-label="Not enrolled in the last 7 days">
                {refusalsOf(playbook)}
              </td>
              <td data-label="State">
                {playbook.paused === null ? (
                  <span class="state state-done">Goes on</span>
                ) : (
                  <span class="state state-paused">Paused</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const SHOWN = 3;

function refusalsOf({ refusals }: PlaybookLine): string {
  if (refusals.length === 0) return '–';
  const said = refusals
    .slice(0, SHOWN)
    .map(({ code, refused, deferred }) => `${code} ${count(refused + deferred)}`);
  const more = refusals.length - SHOWN;
  return said.join(', ') + (more > 0 ? `, ${more} other codes` : '');
}
