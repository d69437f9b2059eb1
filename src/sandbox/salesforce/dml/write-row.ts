import type { FieldDefinition, Row, Value } from '../schema/types.js';
import { isoDay, localTime } from '../soql/local-time.js';
import type { Org } from '../store/org.js';
import { rowsOf } from '../store/table.js';
import { automationOf } from './automations.js';
import type { ChangeLog } from './change-log.js';
import { objections } from './checks.js';
import type { DmlRequest, DmlResult, DmlRow } from './contract.js';
import { recycle, restore } from './deletes.js';
import { afterFlows } from './flows.js';
import { idOf, type Reading, readRow } from './read-row.js';
import { RowRefused, refusal, refuse } from './refusal.js';
import { valueNamed } from './repeats.js';

/** One call on its way through the rows. */
export interface Writing extends Reading {
  readonly log: ChangeLog;
  readonly request: DmlRequest;
  /** Upsert: the field that tells which record is meant. */
  readonly keyField: FieldDefinition | null;
}

/** Writes one row, or throws RowRefused. */
export function writeRow(writing: Writing, row: DmlRow): DmlResult {
  strikeRow(writing, row);
  switch (writing.request.operation) {
    case 'insert':
      return insert(writing, row);
    case 'update':
      return update(writing, row, existing(writing, idOf(valueNamed(row, 'Id'))));
    case 'upsert':
      return upsert(writing, row);
    default:
      return remove(writing, existing(writing, idOf(valueNamed(row, 'Id'))));
  }
}

/** Faults that hit single rows: a lock that somebody else holds, or whatever the fault's body says. */
function strikeRow({ caller }: Writing, row: DmlRow): void {
  const id = String(valueNamed(row, 'Id') ?? '');
  if (caller.strike('lock-row') !== null) {
    throw new RowRefused(
      [refusal('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`)],
      id || null,
    );
  }
  const failure = caller.strike('partial-failure');
  if (failure !== null) {
    const { statusCode, message } = { ...DEFAULT_FAILURE, ...(isFailure(failure.body) ? failure.body : {}) };
    refuse(statusCode, message);
  }
}

const DEFAULT_FAILURE = {
  statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  message: 'AccountTrigger: execution of AfterUpdate caused by: System.DmlException',
};

function isFailure(body: unknown): body is { statusCode: string; message: string } {
  return typeof body === 'object' && body !== null && 'statusCode' in body && 'message' in body;
}

/** The record that a row means; in the recycle bin or never there = refused. */
function existing({ org, object, request }: Writing, id: string | null): Row {
  if (id === null) {
    return refuse('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
  }
  const row = org.table(object.name).get(id);
  if (row === null) {
    const known = org.schema.byKeyPrefix(id.slice(0, 3));
    return known === object || known === null
      ? refuse('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
      : refuse('MALFORMED_ID', `${object.definition().label} ID: id value of incorrect type: ${id}`, ['Id']);
  }
  const wantsDeleted = request.operation === 'undelete';
  if (row.IsDeleted === true && !wantsDeleted && request.operation !== 'hardDelete') {
    throw new RowRefused([refusal('ENTITY_IS_DELETED', 'entity is deleted')], id);
  }
  return wantsDeleted && row.IsDeleted !== true
    ? refuse('UNDELETE_FAILED', 'Entity is not in the recycle bin', [])
    : row;
}

function remove({ org, caller, object, log, request }: Writing, row: Row): DmlResult {
  const target = { object: object.name, row, by: caller.session.userId };
  if (request.operation === 'undelete') {
    restore(org, log, target);
  } else {
    if (row.IsDeleted !== true) {
      recycle(org, log, target);
    }
    if (request.operation === 'hardDelete') {
      log.erase(object.name, String(row.Id));
    }
  }
  return { id: String(row.Id), success: true, created: false, errors: [] };
}

function upsert(writing: Writing, row: DmlRow): DmlResult {
  const { org, object, keyField } = writing;
  const key = valueNamed(row, keyField?.name ?? 'Id');
  if (keyField === null || keyField.name === 'Id') {
    const id = idOf(key);
    return id === null ? insert(writing, row) : update(writing, row, existing(writing, id));
  }
  if (key === null || key === undefined || key === '') {
    return refuse('MISSING_ARGUMENT', `${keyField.name} not specified`, [keyField.name]);
  }
  const table = org.table(object.name);
  const found = rowsOf(
    table,
    table.withValue(keyField.name, typeof key === 'number' ? key : String(key)),
  ).filter((one) => one.IsDeleted !== true && (!keyField.caseSensitive || one[keyField.name] === key));
  if (found.length > 1) {
    const ids = found.map((one) => String(one.Id)).join(', ');
    return refuse(
      'DUPLICATE_EXTERNAL_ID',
      `${keyField.name}: more than one record found for external id field: [${ids}]`,
      [keyField.name],
    );
  }
  const [only] = found;
  return only === undefined ? insert(writing, row) : update(writing, row, only);
}

function insert(writing: Writing, row: DmlRow): DmlResult {
  const { org, caller, object } = writing;
  const read = readRow(writing, row, 'insert');
  if (read.id !== null) {
    return refuse('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
  }
  const stamp = org.stamp();
  const { userId } = caller.session;
  const id = org.nextId(object.name);
  const made: Row = {
    ...defaults(writing),
    ...Object.fromEntries(read.values),
    Id: id,
    IsDeleted: false,
    CreatedDate: stamp,
    CreatedById: userId,
    LastModifiedDate: stamp,
    LastModifiedById: userId,
    SystemModstamp: stamp,
  };
  save(writing, made, null);
  for (const companion of automationOf(object.name).companions?.(org, made) ?? []) {
    org.plant(companion.object, companion.values);
  }
  return { id, success: true, created: true, errors: [] };
}

function defaults({ org, caller, object }: Writing): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const field of object.fields()) {
    if (field.displayFormat !== undefined) {
      values[field.name] = numbered(field.displayFormat, org.nextNumber(object.name));
    } else if (field.defaultValue !== null && field.createable) {
      // What only the platform sets (IsClosed, HasResponded) follows from other fields and is worked out when read.
      values[field.name] = field.defaultValue;
    } else if (field.defaultFormula !== undefined) {
      values[field.name] = dayFrom(field.defaultFormula, org);
    } else if (field.name === 'OwnerId') {
      values[field.name] = caller.session.userId;
    }
  }
  return values;
}

/** `TODAY() + 90` in the time zone of the org. */
function dayFrom(formula: string, org: Org): string {
  const days = Number(formula.replace(/\s/g, '').slice('TODAY()'.length) || 0);
  const today = isoDay(localTime(org.clock.now(), org.book.timeZone));
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `A-{0000}` and 12 -> `A-0012`. */
function numbered(format: string, number: number): string {
  return format.replace(/\{(0+)\}/, (_all, zeros: string) => String(number).padStart(zeros.length, '0'));
}

/** An update with equal values is still a save: the stamps move (facts §8). */
function update(writing: Writing, row: DmlRow, before: Row): DmlResult {
  const { org, caller } = writing;
  const read = readRow(writing, row, 'update');
  const stamp = org.stamp();
  const changed: Row = {
    ...before,
    ...Object.fromEntries(read.values),
    LastModifiedDate: stamp,
    LastModifiedById: caller.session.userId,
    SystemModstamp: stamp,
  };
  save(writing, changed, before);
  return { id: String(before.Id), success: true, created: false, errors: [] };
}

function save({ org, object, log, request }: Writing, row: Row, before: Row | null): void {
  const automation = automationOf(object.name);
  const plain = dropped(row, before, automation.rederived ?? []);
  const flown = afterFlows(object.definition().flows ?? [], plain, before);
  const filled: Row = { ...flown, ...automation.fill?.(org, flown, before) };
  const against = [
    ...objections(org, { object, row: filled, before, allowDuplicates: request.allowDuplicates === true }),
    ...(automation.objections?.(org, filled, before) ?? []),
  ];
  if (against.length > 0) {
    throw new RowRefused(against, before === null ? null : String(before.Id));
  }
  log.put(object.name, filled);
}

type Rederived = NonNullable<ReturnType<typeof automationOf>['rederived']>;

/** Forgets values that follow from a changed field, unless they were changed themselves. */
function dropped(row: Row, before: Row | null, rules: Rederived): Row {
  if (before === null) {
    return row;
  }
  const changed = (field: string): boolean => row[field] !== before[field];
  const gone = rules
    .filter((rule) => rule.on.some(changed))
    .flatMap((rule) => rule.drop.filter((field) => !changed(field)));
  return gone.length === 0
    ? row
    : Object.fromEntries(Object.entries(row).filter(([field]) => !gone.includes(field)));
}
