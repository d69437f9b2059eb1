import Table from 'cli-table3';
import type { DeadLetter, StateStore } from '../../../ports/state-store.js';
import { retryChange } from '../../../service/actions/dead-letters.js';
import { quarrelled, retryContested } from '../../../sync/quarrels.js';
import type { Report } from '../../../sync/report.js';
import { EXIT } from '../exit-codes.js';
import { cannotFind } from '../find-account.js';
import type { Folder } from '../invocation.js';
import type { Terminal } from '../terminal.js';

/** `runs`: the latest runs, newest first. */
export async function runsCommand(state: StateStore, terminal: Terminal, limit: number): Promise<number> {
  const runs = await state.runs.list(limit);
  terminal.json(runs);
  if (terminal.asJson) return EXIT.done;
  if (runs.length === 0) {
    terminal.say('No run yet. `truenorth plan` makes the first; it writes nothing.');
    return EXIT.done;
  }
  const table = new Table({
    head: ['Run', 'Started', 'Status', 'Stage', 'Records', 'Enrolments'],
    style: { head: [], border: [] },
  });
  for (const run of runs) {
    const changes = (run.report as Partial<Report> | null)?.changes;
    const started = new Date(run.startedAt).toISOString().slice(0, 16).replace('T', ' ');
    const kind = run.apply ? run.status : `${run.status} (plan)`;
    table.push([run.id, started, kind, run.stage, changes?.records ?? '', changes?.enrolments ?? '']);
  }
  terminal.say(table.toString());
  return EXIT.done;
}

const MOST_LETTERS = 100_000;
const MOST_SHOWN = 100;
const MOST_NAMED = 10;

/** `retry`: takes refused records out of the dead letters, so that the next run tries them again. */
export async function retryCommand(
  folder: Folder,
  terminal: Terminal,
  ids: readonly string[],
): Promise<number> {
  const which = ids.length === 0 ? 'all' : ids;
  const { letters, contested, count } = await folder.withState(async (state) => {
    const letters = await state.deadLetters.list(MOST_LETTERS);
    await requireWaiting(state, letters, ids);
    const contested = await retryContested(state, which);
    return { letters, contested, count: (await state.deadLetters.retry(which)) + contested };
  });
  if (count > 0) await folder.noteChange(retryChange(which, { retried: count, contested }));
  terminal.json({ retried: count, contested });
  const taken = letters.filter(({ id }) => which === 'all' || which.includes(id));
  for (const { id, record, refusal } of taken.slice(0, MOST_SHOWN))
    terminal.say(`  ${id}  ${record}  ${refusal.code}: ${refusal.message}`);
  terminal.say(
    count === 0
      ? 'Nothing waits to be retried.'
      : `${count} ${count === 1 ? 'record or field is' : 'records or fields are'} tried again by the next \`truenorth sync --apply\`.`,
  );
  return EXIT.done;
}

/** Who names what does not wait has mistyped: nothing is tried again then. */
async function requireWaiting(
  state: StateStore,
  letters: readonly DeadLetter[],
  ids: readonly string[],
): Promise<void> {
  const waiting = new Set([...letters.map(({ id }) => id), ...(await quarrelled(state.notes))]);
  const unknown = ids.filter((id) => !waiting.has(id));
  if (unknown.length === 0) return;
  const some = [...waiting].slice(0, MOST_NAMED);
  const more = waiting.size > some.length ? ` and ${waiting.size - some.length} more` : '';
  throw cannotFind('retry', {
    code: 'NOT_WAITING',
    message: `No refused record ${unknown.join(', ')} waits; ${waiting.size === 0 ? 'nothing does.' : `these do: ${some.join(', ')}${more}.`}`,
    action:
      '`truenorth sync` names refused records with their ids; `truenorth retry` alone takes all that wait.',
  });
}
