import type {
  CreateOutcome,
  Criterion,
  CrmRecord,
  CrmValue,
  RecordToCreate,
  RecordToUpsert,
  UpsertOutcome,
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

export function upsertRecords(
  setup: Pick<MemoryOrg, 'refuse'>,
  tables: MemoryTables,
  ask: {
    readonly object: string;
    readonly keyField: string;
    readonly records: readonly RecordToUpsert[];
    readonly count: Count;
  },
): readonly UpsertOutcome[] {
  const { object, keyField, records, count } = ask;
  if (!tables.has(object)) throw noSuchObject(object, 'upsert');
  countRequests(count, 'collections', records.length);
  const known = new Map(
    tables
      .rows(object)
      .filter((row) => !row.deleted)
      .map((row) => [String(readRow(tables, row, { object, fields: [keyField] }).values[keyField]), row.id]),
  );
  return records.map(({ key, values: given }) => {
    const values = byId(tables, object, given);
    const id = known.get(key);
    const refused = setup.refuse(object, { id: id ?? '', values });
    if (refused !== null) return { key, ok: false, refusal: refused };
    const failed = id === undefined ? null : tables.update(object, id, values);
    if (id === undefined) tables.insert(object, { [keyField]: key, ...values });
    return failed === null ? { key, ok: true } : { key, ok: false, refusal: failed };
  });
}

/** `Parent.Key__c` names a parent by its key: the id goes into the field that leads there. */
function byId(
  tables: MemoryTables,
  object: string,
  given: RecordToUpsert['values'],
): RecordToUpsert['values'] {
  return Object.fromEntries(
    Object.entries(given).map(([path, value]) => {
      const [relationship, key = ''] = path.split('.');
      if (key === '') return [path, value];
      const lookup = tables.description(object).fields.find((one) => one.relationshipName === relationship);
      const to = lookup?.referenceTo[0] ?? '';
      const parent = tables
        .rows(to)
        .find((row) => readRow(tables, row, { object: to, fields: [key] }).values[key] === value);
      return [lookup?.name ?? path, parent?.id ?? null];
    }),
  );
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
  if ('is' in criterion) return (values) => (values[field] === true) === criterion.is;
  if ('below' in criterion) {
    const { below } = criterion;
    return (values) => (values[field] ?? null) !== null && !reaches(values[field] ?? null, below);
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
