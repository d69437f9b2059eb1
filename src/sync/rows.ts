import { type DayOf, parseDay } from '../domain/day.js';
import { isOwnKind, type RecordKind, type RecordValue } from '../domain/facts/record.js';
import type { CrmRecord, CrmValue } from '../ports/crm.js';
import type { AttributeMapping, CrmMapping, ObjectMapping } from '../ports/mapping.js';
import type { StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';

const MS_PER_DAY = 86_400_000;

/** The CRM's row in our words. What cannot be read as the attribute's type is unknown. */
export function storedRow(
  record: CrmRecord,
  mapping: ObjectMapping,
  kept: { readonly dayOf: DayOf; readonly held: readonly string[] },
): StoredRow {
  const values: Record<string, RecordValue> = {};
  for (const attribute of mapping.attributes) {
    values[attribute.attribute] = readValue(record.values[attribute.field] ?? null, attribute, kept.dayOf);
  }
  const account = mapping.kind === 'account' ? record.id : record.values[mapping.accountField];
  return {
    id: record.id,
    accountId: typeof account === 'string' && account !== '' ? account : null,
    stamp: record.stamp,
    values,
    held: mapping.kind === 'account' ? picked(record, kept.held) : null,
  };
}

function picked(record: CrmRecord, fields: readonly string[]): Readonly<Record<string, CrmValue>> {
  return Object.fromEntries(fields.map((field) => [field, record.values[field] ?? null]));
}

function readValue(written: CrmValue, mapping: AttributeMapping, dayOf: DayOf): RecordValue {
  if (written === null || written === '') return mapping.whenEmpty;
  const value = mapping.translate === null ? written : translated(written, mapping.translate);
  switch (mapping.type) {
    case 'text':
    case 'id':
      return String(value).trim();
    case 'number':
    case 'money':
      return finite(value);
    case 'boolean':
      return truth(value);
    case 'day':
      return dayValue(value, dayOf);
    case 'instant':
      return instantValue(value, dayOf);
  }
}

function translated(
  written: string | number | boolean,
  translate: Readonly<Record<string, string>>,
): string | number | boolean {
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ');
  const key = plain(String(written));
  const found = Object.entries(translate).find(([theirs]) => plain(theirs) === key);
  return found ? found[1] : written;
}

function finite(value: string | number | boolean): number | null {
  const number = typeof value === 'boolean' ? Number(value) : Number(value);
  return Number.isFinite(number) ? number : null;
}

function truth(value: string | number | boolean): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = String(value).trim().toLowerCase();
  if (['true', 'yes', 'y', '1'].includes(word)) return true;
  return ['false', 'no', 'n', '0'].includes(word) ? false : null;
}

/** A date is a local day as it stands; a datetime is the local day it falls on. */
function dayValue(value: string | number | boolean, dayOf: DayOf): number | null {
  const text = String(value);
  if (text.length === 10) return parseDay(text);
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : dayOf(instant);
}

function instantValue(value: string | number | boolean, dayOf: DayOf): number | null {
  const text = String(value);
  if (text.length !== 10) return Number.isNaN(Date.parse(text)) ? null : Date.parse(text);
  const day = parseDay(text);
  if (day === null) return null;
  // Noon in UTC is on the same local day from UTC-12 to UTC+11; further east it is put back by half a day.
  const noon = day * MS_PER_DAY + MS_PER_DAY / 2;
  return noon - (dayOf(noon) - day) * (MS_PER_DAY / 2);
}

/** A kind of ours whose object is not there: nothing can be asked of it. */
export function unreadable({ unread }: Pick<Run, 'unread'>, kind: RecordKind): boolean {
  return isOwnKind(kind) && unread.has(kind);
}

/** Fields to select for a kind: its attributes and, on the account, what we write and the lock. */
export function selectedFields(
  mapping: ObjectMapping,
  crm: CrmMapping,
  absent: ReadonlySet<string>,
): readonly string[] {
  const fields = new Set(mapping.attributes.map(({ field }) => field));
  if (mapping.accountField !== 'Id') fields.add(mapping.accountField);
  if (mapping.kind === 'account')
    for (const field of heldFields(crm)) if (!absent.has(field)) fields.add(field);
  return [...fields];
}

/** Account fields of ours whose content we compare with what it should be. */
export function heldFields(crm: CrmMapping): readonly string[] {
  const written = crm.write.map(({ field }) => field);
  return crm.tierLockField === null ? written : [...written, crm.tierLockField];
}
