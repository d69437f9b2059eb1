import type {
  CreateOutcome,
  Criterion,
  CrmRecord,
  CrmValue,
  RecordToCreate,
  WriteOutcome,
} from '../../../ports/crm.js';
import { noSuchObject } from './errors.js';
import type { MemoryOrg } from './org.js';
import { type MemoryTables, readRow } from './tables.js';

type Count = (kind: string) => void;

/** Records in one request. */
const TOGETHER = 200;

/** Counts as many requests as a real CRM would take. */
function countRequests(count: Count, kind: string, records: number): void {
  for (let from = 0; from < records; from += TOGETHER) count(kind);
}

export function createRecords(
  setup: Pick<MemoryOrg, 'refuse'>,
  tables: MemoryTables,
  ask: { readonly object: string; readonly records: readonly RecordToCreate[]; readonly count: Count },
): readonly CreateOutcome[] {
  const { object, records, count } = ask;
  if (!tables.has(object)) throw noSuchObject(object, 'create');
  countRequests(count, 'collections', records.length);
  return records.map(({ key, values }) => {
    const found = setup.refuse(object, { id: '', values });
    return found === null
      ? { key, outcome: 'created', id: tables.insert(object, values) }
      : { key, outcome: 'refused', refusal: found };
  });
}

export function removeRecords(
  tables: MemoryTables,
  ask: { readonly object: string; readonly ids: readonly string[]; readonly count: Count },
): readonly WriteOutcome[] {
  const { object, ids, count } = ask;
  if (!tables.has(object)) throw noSuchObject(object, 'remove');
  countRequests(count, 'collections', ids.length);
  return ids.map((id) => {
    tables.remove(object, id, null);
    return { id, ok: true };
  });
}

interface Selection {
  readonly object: string;
  readonly fields: readonly string[];
  readonly criteria: readonly Criterion[];
  readonly count: Count;
}

export function selectRecords(tables: MemoryTables, ask: Selection): readonly CrmRecord[] {
  const { object, fields, criteria, count } = ask;
  if (!tables.has(object)) throw noSuchObject(object, 'select');
  if (criteria.some((one) => 'in' in one && one.in.length === 0)) return [];
  count('query');
  const tests = criteria.map((criterion) => testOf(tables, object, criterion));
  const asked = criteria.map(({ field }) => field);
  return tables
    .rows(object)
    .filter((row) => !row.deleted)
    .filter((row) => {
      const { values } = readRow(tables, row, { object, fields: asked });
      return tests.every((holds) => holds(values));
    })
    .map((row) => readRow(tables, row, { object, fields }));
}

/** As a CRM compares: texts in any case, ids by letter case and by their first 15 characters. */
function testOf(
  tables: MemoryTables,
  object: string,
  criterion: Criterion,
): (values: Readonly<Record<string, CrmValue>>) => boolean {
  const { field } = criterion;
  const { type } = tables.description(object).fields.find((one) => one.name === field) ?? { type: 'string' };
  const isId = field === 'Id' || type === 'reference';
  const form = (value: CrmValue): string => (isId ? String(value).slice(0, 15) : String(value).toLowerCase());
  if ('in' in criterion) {
    const wanted = new Set(criterion.in.map(form));
    return (values) => (values[field] ?? null) !== null && wanted.has(form(values[field] ?? null));
  }
  const least = criterion.atLeast;
  return (values) => reaches(values[field] ?? null, least);
}

/** Days and times are texts of one form each, whose order is theirs. */
function reaches(value: CrmValue, least: CrmValue): boolean {
  if (value === null || least === null) return false;
  return typeof value === 'number' && typeof least === 'number'
    ? value >= least
    : String(value) >= String(least);
}
