import type { ApiUsage, Crm, RecordChange } from '../../../ports/crm.js';
import { toSummary } from './describe.js';
import { noSuchObject } from './errors.js';
import type { MemoryOrg } from './org.js';
import { pullPages } from './pull.js';
import { createRecords, removeRecords, selectRecords, upsertRecords } from './records.js';
import { type MemoryRow, type MemoryTables, openTables, readRow } from './tables.js';

export type { MemoryOrg } from './org.js';

export interface MemoryCrm {
  readonly crm: Crm;
  /** What people and their automations do in the org, for tests. */
  readonly tables: MemoryTables;
}

/** A CRM that lives in this process: for tests of what stands above the port. */
export function memoryCrm(setup: MemoryOrg): MemoryCrm {
  const tables = openTables(setup.objects, setup.clock);
  const calls = new Map<string, number>();
  const count = (kind: string): void => void calls.set(kind, (calls.get(kind) ?? 0) + 1);
  return { tables, crm: crmOver(setup, tables, { count, usage: () => usageOf(calls) }) };
}

interface Meter {
  readonly count: (kind: string) => void;
  readonly usage: () => ApiUsage;
}

function usageOf(calls: ReadonlyMap<string, number>): ApiUsage {
  return { org: null, calls: Object.fromEntries(calls) };
}

function crmOver(setup: MemoryOrg, tables: MemoryTables, meter: Meter): Crm {
  return {
    org: async () => setup.org,
    objects: async () => setup.objects.map(toSummary),
    describe: async (names) => {
      meter.count('describe');
      return names.flatMap((name) => setup.objects.find((object) => object.name === name) ?? []);
    },
    counts: async (names) => {
      meter.count('query');
      const known = names.filter((name) => tables.has(name));
      return new Map(known.map((name) => [name, living(tables, name).length]));
    },
    pull: (request) => pullPages(setup, tables, { request, count: meter.count }),
    sample: async (object, fields, limit) =>
      living(tables, object)
        .slice(0, Math.min(limit, 200))
        .map((row) => readRow(tables, row, { object, fields })),
    ids: (object, where) => pullIds(setup, tables, { object, where, count: meter.count }),
    fetch: async (object, ids, fields) => {
      const wanted = new Set(ids.map((id) => id.slice(0, 15)));
      return living(tables, object)
        .filter((row) => wanted.has(row.id.slice(0, 15)))
        .map((row) => readRow(tables, row, { object, fields }));
    },
    forecastWrite: (rows) => ({
      mode: rows > 0 ? 'collections' : 'none',
      calls: Math.ceil(rows / WRITE_PAGE),
      why: `${rows} rows, ${WRITE_PAGE} a request.`,
    }),
    write: (object, changes) => writePages(setup, tables, { object, changes, count: meter.count }),
    create: async (object, records) => createRecords(setup, tables, { object, records, count: meter.count }),
    upsert: async function* (object, keyField, records) {
      if (records.length > 0)
        yield upsertRecords(setup, tables, { object, keyField, records, count: meter.count });
    },
    remove: async (object, ids) => removeRecords(tables, { object, ids, count: meter.count }),
    select: async (object, fields, criteria) =>
      selectRecords(tables, { object, fields, criteria, count: meter.count }),
    endJob: async () => {},
    usage: meter.usage,
  };
}

const WRITE_PAGE = 200;

function living(tables: MemoryTables, object: string): readonly MemoryRow[] {
  return tables.rows(object).filter((row) => !row.deleted);
}

async function* pullIds(
  setup: MemoryOrg,
  tables: MemoryTables,
  ask: { readonly object: string; readonly where: string | null; readonly count: Meter['count'] },
) {
  const { object, where, count } = ask;
  const whole = { since: null, expectedRows: null, resume: null };
  const request = { object, where, fields: [], stampField: 'SystemModstamp', ...whole };
  for await (const page of pullPages(setup, tables, { request, count })) {
    yield page.records.map((record) => record.id);
  }
}

async function* writePages(
  setup: MemoryOrg,
  tables: MemoryTables,
  ask: { readonly object: string; readonly changes: readonly RecordChange[]; readonly count: Meter['count'] },
) {
  const { object, changes } = ask;
  if (!tables.has(object)) throw noSuchObject(object, 'write');
  for (let from = 0; from < changes.length; from += WRITE_PAGE) {
    ask.count('collections');
    yield changes.slice(from, from + WRITE_PAGE).map((change) => {
      const found = setup.refuse(object, change) ?? tables.update(object, change.id, change.values);
      return found === null
        ? ({ id: change.id, ok: true } as const)
        : ({ id: change.id, ok: false, refusal: found } as const);
    });
  }
}
