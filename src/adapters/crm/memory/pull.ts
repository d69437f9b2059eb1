import type { PullRequest, RecordPage } from '../../../ports/crm.js';
import type { MemoryOrg } from './org.js';
import { type MemoryRow, type MemoryTables, readRow } from './tables.js';

interface Ask {
  readonly request: PullRequest;
  readonly count: (kind: string) => void;
}

/** Pages in the order of (stamp, id); the resume token is the last row handed over. */
export async function* pullPages(
  setup: Pick<MemoryOrg, 'pageSize' | 'meaning' | 'clock'>,
  tables: MemoryTables,
  { request, count }: Ask,
): AsyncGenerator<RecordPage> {
  const serverTime = setup.clock.now();
  const rows = selected(setup, tables, request).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const left = request.resume === null ? rows : rows.filter((row) => orderOf(row) > String(request.resume));
  for (let from = 0; from === 0 || from < left.length; from += setup.pageSize) {
    count('query');
    const page = left.slice(from, from + setup.pageSize);
    const last = page.at(-1);
    const done = from + setup.pageSize >= left.length;
    const records = page.map((row) => readRow(tables, row, request));
    yield { records, resume: done || !last ? null : orderOf(last), serverTime, done };
  }
}

function orderOf(row: MemoryRow): string {
  return `${String(row.stamp).padStart(15, '0')} ${row.id}`;
}

function selected(
  setup: Pick<MemoryOrg, 'meaning'>,
  tables: MemoryTables,
  request: PullRequest,
): MemoryRow[] {
  const matches = request.where === null ? () => true : setup.meaning(request.where);
  const { since } = request;
  return tables
    .rows(request.object)
    .filter((row) => (since === null ? !row.deleted : row.stamp >= since))
    .filter((row) => matches(row.values));
}
