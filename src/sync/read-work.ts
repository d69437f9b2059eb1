import { parseDay } from '../domain/day.js';
import type { CrmRecord } from '../ports/crm.js';
import type { LedgerEntry } from '../ports/state-store.js';
import type { Run } from './context.js';
import { taskRow } from './observed-rows.js';

/** Tasks are followed this long; by then they were closed, or given up. */
const FOLLOWED_DAYS = 90;
const PAGE_OF_TASKS = 1_000;
const FIELDS = ['Id', 'IsClosed', 'ActivityDate', 'OwnerId'];

/** Reads how the tasks that we opened stand: closed, put off, handed on, or deleted, which closes them. */
export async function readWork(run: Run): Promise<void> {
  if (!run.channels.has('salesforce-task')) return;
  const pages = run.state.ledger.through(['salesforce-task'], run.today - FOLLOWED_DAYS, PAGE_OF_TASKS);
  for await (const page of pages) {
    await run.checkpoint();
    const made = page.filter((entry) => entry.made !== null);
    if (made.length === 0) continue;
    const ids = made.flatMap(({ made: id }) => (id === null ? [] : [id]));
    const found = new Map((await run.crm.fetch('Task', ids, FIELDS)).map((record) => [record.id, record]));
    const rows = made.map((entry) => workRow(run, entry, found.get(entry.made ?? '') ?? null));
    await run.state.rows.save('task', rows);
  }
}

function workRow(run: Run, entry: LedgerEntry, record: CrmRecord | null) {
  const closed = record === null || record.values.IsClosed === true;
  const due = record?.values.ActivityDate;
  return taskRow(run, entry, {
    dueOn: typeof due === 'string' ? parseDay(due) : entry.day,
    closed,
    closedOn: null,
    owner: record?.values.OwnerId ?? null,
  });
}
