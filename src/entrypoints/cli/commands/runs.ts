import Table from 'cli-table3';
import type { StateStore } from '../../../ports/state-store.js';
import { retryContested } from '../../../sync/quarrels.js';
import type { Report } from '../../../sync/report.js';
import { EXIT } from '../exit-codes.js';
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

/** `retry`: takes refused records out of the dead letters, so that the next run tries them again. */
export async function retryCommand(
  state: StateStore,
  terminal: Terminal,
  ids: readonly string[],
): Promise<number> {
  const listed = await state.deadLetters.list(100);
  const which = ids.length === 0 ? 'all' : ids;
  const contested = await retryContested(state, which);
  const count = (await state.deadLetters.retry(which)) + contested;
  terminal.json({ retried: count, contested });
  for (const { id, record, refusal } of listed)
    terminal.say(`  ${id}  ${record}  ${refusal.code}: ${refusal.message}`);
  terminal.say(
    count === 0
      ? 'Nothing waits to be retried.'
      : `${count} records or fields are tried again by the next \`truenorth sync --apply\`.`,
  );
  return EXIT.done;
}
