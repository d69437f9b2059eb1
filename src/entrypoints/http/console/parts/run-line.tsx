import type { RunLine } from '../../../../service/views/runs.js';
import { Ago } from './moment.js';
import { linkTo, type Visit } from './visit.js';
import { count, lasting } from './words.js';

const WORDS: Readonly<Record<RunLine['status'], string>> = {
  running: 'Running',
  done: 'Done',
  rejected: 'Done, with refusals',
  paused: 'Paused',
  cancelled: 'Cancelled',
  failed: 'Failed',
  abandoned: 'Broke off',
};

export function RunState({ status }: Pick<RunLine, 'status'>) {
  return <span class={`state state-${status}`}>{WORDS[status]}</span>;
}

/** Runs in lines, newest first. */
export function RunRows({
  visit,
  runs,
  now,
}: {
  readonly visit: Visit;
  readonly runs: readonly RunLine[];
  readonly now: number;
}) {
  return (
    <table class="cards">
      <caption class="hidden">Runs, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">State</th>
          <th scope="col">Began</th>
          <th scope="col">Took</th>
          <th scope="col" class="number">
            Records
          </th>
          <th scope="col" class="number">
            Enrolments
          </th>
          <th scope="col" class="number">
            Tasks
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <a class="id" href={linkTo(visit, 'runs', run.id)}>
                {run.id}
              </a>{' '}
              {!run.apply && <span class="quiet">plan only</span>}
            </th>
            <td data-label="State">
              <RunState status={run.status} />
            </td>
            <td data-label="Began">
              <Ago at={Date.parse(run.startedAt)} now={now} />
            </td>
            <td data-label="Took">{run.seconds === null ? '–' : lasting(run.seconds * 1000)}</td>
            <Numbers changes={run.changes} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Numbers({ changes }: Pick<RunLine, 'changes'>) {
  const text = (n: number | undefined): string => (n === undefined ? '–' : count(n));
  return (
    <>
      <td class="number" data-label="Records">
        {text(changes?.records)}
      </td>
      <td class="number" data-label="Enrolments">
        {text(changes?.enrolments)}
      </td>
      <td class="number" data-label="Tasks">
        {text(changes?.tasks)}
      </td>
    </>
  );
}
