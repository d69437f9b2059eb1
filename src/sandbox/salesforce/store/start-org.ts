import { makeId } from '../ids.js';
import { type Schema, startSchema } from '../schema/schema.js';
import { standardObjects } from '../schema/standard/index.js';
import type { ObjectDefinition, Row, Value } from '../schema/types.js';
import { startAccess } from './access.js';
import { type Book, NO_ROWS } from './base-rows.js';
import { startCommits } from './commits.js';
import { derivationsOf } from './derivations.js';
import { type Checkpoint, type Journal, startJournal } from './journal.js';
import { startLateCommits } from './late-commits.js';
import type { Derivation, Org, OrgOptions, SystemUsers } from './org.js';
import { startQuota } from './quota.js';
import { startSessions } from './sessions.js';
import { seedSystemRows } from './system-rows.js';
import { startTable, type Table, type TableOptions } from './table.js';
import { startWriteCounts } from './write-counts.js';

export function startOrg(options: OrgOptions): Org {
  const { seed, clock, book } = options;
  const schema = startSchema(standardObjects(options));
  const id = makeId('00D', 1 + (Math.abs(seed) % 3_000_000));
  const tables = new Map<string, Table>();
  const horizon = (): string | null =>
    options.hideAfterClock === true ? new Date(clock.now()).toISOString() : null;
  const table = (name: string): Table => {
    const key = name.toLowerCase();
    const known =
      tables.get(key) ??
      openTable(schema, book, { name, horizon, noted: (rowId, before) => noted(name, rowId, before) });
    tables.set(key, known);
    return known;
  };
  const noted = (object: string, rowId: string, before: Row | null): void => {
    journal.note(object, rowId, before);
    commits.note(object, rowId, before);
  };
  const commits = startCommits((object, rowId) => table(object).get(rowId));
  const journal = startJournal(({ object, id: rowId, before }) => {
    if (before === null) {
      table(object).erase(rowId);
    } else {
      table(object).put(before);
    }
  });
  const users = systemUsers();
  const access = startAccess({ table, seesAllObjects: (userId) => userId === users.admin });
  const counters = new Map([['user', SYSTEM_USERS]]);
  const count = (key: string, from: number): number => {
    const value = (counters.get(key) ?? from) + 1;
    counters.set(key, value);
    return value;
  };
  const org: Org = {
    id,
    seed,
    clock,
    book,
    schema,
    table,
    access,
    users,
    options,
    sessions: startSessions({ clock, orgId: id, timeout: (options.sessionMinutes ?? 120) * 60_000, seed }),
    late: startLateCommits(clock),
    quota: startQuota(clock, options.dailyApiRequests ?? 100_000),
    commits,
    writes: startWriteCounts(),
    checkpoint: () => checkpointOf(org, journal),
    nextId: (object) => makeId(prefixOf(schema, object), count(object.toLowerCase(), 0), WRITTEN),
    stamp: () => new Date(Math.floor(clock.now() / 1000) * 1000).toISOString(),
    reader: (object, field) => readerOf(org, object, field),
    plant: (object, values) => plant(org, object, values),
    nextNumber: (object) => count(`number of ${object.toLowerCase()}`, table(object).slotCount()),
  };
  bringBook(org, book);
  seedSystemRows(org);
  return org;
}

/** One transaction from here until it is kept or rolled back. */
function checkpointOf(org: Org, journal: Journal): Checkpoint {
  const close = org.commits.open();
  const point = journal.checkpoint();
  return {
    keep: () => {
      point.keep();
      close();
    },
    rollBack: () => {
      point.rollBack();
      close();
    },
  };
}

/** Ids of rows written here differ from any that a book computes. */
const WRITTEN = 'Wr1';

/** Their ids are known before any row is made; further users come after them. */
const SYSTEM_USERS = 2;

function systemUsers(): SystemUsers {
  return { admin: makeId('005', 1, WRITTEN), integration: makeId('005', 2, WRITTEN) };
}

function openTable(
  schema: Schema,
  book: Book,
  { name, horizon, noted }: Pick<TableOptions, 'horizon' | 'noted'> & { readonly name: string },
): Table {
  const object = schema.find(name);
  if (object === null) {
    throw new RangeError(`no object ${name}`);
  }
  return startTable({ object, base: book.rows.get(object.name) ?? NO_ROWS, horizon, noted });
}

function prefixOf(schema: Schema, object: string): string {
  return schema.find(object)?.definition().keyPrefix ?? '000';
}

/** A book's own fields and objects are visible to everyone, as in an org that people have used for years. */
function bringBook(org: Org, book: Book): void {
  for (const definition of book.customObjects) {
    org.schema.putObject(definition);
    openAll(org, definition);
  }
  for (const [object, fields] of book.customFields) {
    for (const field of fields) {
      org.schema.putField(object, field);
      org.access.open(object, field.name);
    }
  }
}

function openAll(org: Org, definition: ObjectDefinition): void {
  org.access.open(definition.name);
  for (const field of definition.fields) {
    org.access.open(definition.name, field.name);
  }
}

function readerOf(org: Org, object: string, name: string): Derivation {
  const field = org.schema.find(object)?.field(name);
  if (field === null || field === undefined) {
    return () => null;
  }
  const key = field.name;
  const derive = derivationsOf(org, object).get(key);
  const otherwise: Value = field.type === 'boolean' ? false : null;
  if (derive === undefined) {
    return (row) => row[key] ?? otherwise;
  }
  return (row) => {
    const stored = row[key];
    return stored === undefined ? derive(row) : stored;
  };
}

function plant(org: Org, object: string, values: Row): string {
  const id = String(values.Id ?? org.nextId(object));
  const stamp = org.stamp();
  const row = {
    CreatedDate: stamp,
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
    CreatedById: org.users.admin,
    LastModifiedById: org.users.admin,
    IsDeleted: false,
    ...values,
    Id: id,
  };
  org.commits.within({ userId: org.users.admin, origin: '' }, () => org.table(object).put(row));
  return id;
}
