import type { Need } from '../../../../service/views/needs.js';
import { linkTo, type Visit } from './visit.js';

const DEEDS: Readonly<Record<Need['place'], string>> = {
  plan: 'Review the plan',
  errors: 'See the errors',
  runs: 'See the runs',
  playbooks: 'See the playbooks',
  system: 'See the system',
};

/** What waits for somebody. */
export function Needs({ visit, needs }: { readonly visit: Visit; readonly needs: readonly Need[] }) {
  if (needs.length === 0) return <p class="note good">Nothing waits for you.</p>;
  return (
    <section class="needs" aria-labelledby="needs">
      <h2 id="needs">What needs you</h2>
      <ul>
        {needs.map(({ urgency, sentence, place }) => (
          <li key={`${place}${sentence}`} class={urgency === 'now' ? 'note bad' : 'note warn'}>
            <span dir="auto">{sentence}</span> <a href={linkTo(visit, place)}>{DEEDS[place]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
