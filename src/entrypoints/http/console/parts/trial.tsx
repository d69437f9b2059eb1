import type { AskedTrial } from '../../../../service/views/trials.js';
import type { Trial, TriedReason } from '../../../../sync/try-playbook.js';
import { linkTo, type Visit } from './visit.js';
import { count } from './words.js';

/** Who would be enrolled if what holds today had just begun. While an engine makes it, it asks for itself again. */
export function TrialAnswer({ visit, trial }: { readonly visit: Visit; readonly trial: AskedTrial }) {
  const { id, playbook, state, result, trouble } = trial;
  const live = state === 'waiting' || state === 'running';
  const link = linkTo(visit, 'playbooks', playbook);
  const again = live
    ? { 'hx-get': `${link}/trials/${id}/answer`, 'hx-trigger': 'every 1s', 'hx-swap': 'outerHTML' }
    : {};
  return (
    <section class="card" id="trial" aria-labelledby="tried" {...again}>
      <h2 id="tried">If what holds today had just begun</h2>
      {live && (
        <p class="note" role="status">
          {state === 'waiting'
            ? 'Waits for an engine.'
            : 'An engine asks the tools and walks through the book.'}{' '}
          Nothing is written to anybody.
        </p>
      )}
      {trouble !== null && (
        <p class="note bad" role="alert">
          {trouble}
        </p>
      )}
      {result !== null && <Result result={result} visit={visit} />}
    </section>
  );
}

function Result({ result, visit }: { readonly result: Trial; readonly visit: Visit }) {
  const { accounts, enrolments, tasks, refused, deferred, examples, notes } = result;
  return (
    <>
      <p role="status">
        It would begin in <b>{count(accounts.begin)}</b> of {count(accounts.read)} accounts (
        {count(accounts.heldOut)} held out), with <b>{count(enrolments)}</b> enrolments and{' '}
        <b>{count(tasks)}</b> tasks today.
      </p>
      {notes.map((note) => (
        <p key={note} class="note warn">
          {note}
        </p>
      ))}
      <Reasons title="Not enrolled" reasons={refused} />
      <Reasons title="Put off" reasons={deferred} />
      {examples.length > 0 && (
        <details class="more">
          <summary>{examples.length} examples</summary>
          <ul>
            {examples.map(({ account, contact, step }) => (
              <li key={`${account}${contact}${step}`}>
                <a class="id" href={linkTo(visit, 'accounts', account)}>
                  {account}
                </a>{' '}
                <span class="quiet">
                  {step}, {contact === null ? 'the account' : `contact ${contact}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly TriedReason[] }) {
  if (reasons.length === 0) return null;
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">For example</th>
          <th scope="col" class="number">
            How many
          </th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ code, evidence, count: n }) => (
          <tr key={code}>
            <th scope="row" class="id">
              {code}
            </th>
            <td dir="auto">{evidence}</td>
            <td class="number">{count(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
