import type { Decision, RunningEpisode } from '../../../../service/views/account-page.js';
import { Scroll } from './scroll.js';
import { linkTo, type Visit } from './visit.js';
import { dayText } from './words.js';

export function Episodes({
  visit,
  episodes,
}: {
  readonly visit: Visit;
  readonly episodes: readonly RunningEpisode[];
}) {
  if (episodes.length === 0) return <p class="quiet">No playbook runs for this account.</p>;
  return (
    <ul class="pills">
      {episodes.map(({ id, playbook, label, since, heldOut }) => (
        <li key={id}>
          <a href={linkTo(visit, 'playbooks', playbook)} dir="auto">
            {label}
          </a>{' '}
          <span class="quiet">
            since {dayText(since)}
            {heldOut ? ', held out' : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}

const WORDS: Readonly<Record<Decision['status'], string>> = {
  intended: 'Under way',
  enrolled: 'Enrolled',
  already: 'Was in already',
  refused: 'Not enrolled',
  deferred: 'Put off',
  unclear: 'No clear answer yet',
};

/** For each person and step what was decided last, and why. */
export function Decisions({
  visit,
  decisions,
}: {
  readonly visit: Visit;
  readonly decisions: readonly Decision[];
}) {
  if (decisions.length === 0) return <p class="quiet">Nobody has been considered yet.</p>;
  return (
    <Scroll label="Decisions by person and step">
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Decision</th>
            <th scope="col">Why</th>
            <th scope="col">Playbook, step</th>
            <th scope="col">Contact</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <tr key={decision.key}>
              <td class="nowrap">{dayText(decision.day)}</td>
              <td>
                <span class={`state state-${decision.status}`}>{WORDS[decision.status]}</span>
              </td>
              <td dir="auto">{whyOf(decision)}</td>
              <td>
                <a href={linkTo(visit, 'playbooks', decision.playbook)}>{decision.playbook}</a>{' '}
                <span class="quiet">{decision.step}</span>
              </td>
              <td class="id">{decision.contact ?? 'the account'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function whyOf({ code, evidence, tryOn, target }: Decision): string {
  if (code === null) return target;
  const again = tryOn === null ? '' : `; decided again on ${dayText(tryOn)}`;
  return `${code}: ${evidence ?? ''}${again}`;
}
