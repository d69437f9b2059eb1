import type { Instant } from '../../../domain/day.js';
import type { CrmValue } from '../../../ports/crm.js';
import type { ValueType } from './convert.js';
import { salesforceError } from './errors.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The only way a text gets into SOQL. */
export function quote(text: string): string {
  return `'${text.replace(/[\\'"\n\r\t\b\f]/g, (found) => ESCAPES[found] ?? found)}'`;
}

/** A datetime literal: unquoted, UTC, with milliseconds. */
export function datetime(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** An object, field or parent path as it may stand in SOQL; anything else is a Config error. */
export function name(path: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){0,5}$/.test(path)) return path;
  throw salesforceError('SF_BAD_NAME', {
    operation: 'build a query',
    message: `"${path.slice(0, 60)}" is not the name of an object or field.`,
  });
}

/** After which row to continue, in the order of (stamp, Id). */
export interface Edge {
  readonly stamp: Instant;
  readonly id: string;
}

export interface Selection {
  readonly object: string;
  readonly fields: readonly string[];
  readonly conditions: readonly (string | null)[];
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

export function select(selection: Selection): string {
  const fields = [...new Set(selection.fields)].map(name).join(', ');
  const conditions = selection.conditions.filter((condition) => condition !== null);
  const where = conditions.map((condition) => (conditions.length > 1 ? `(${condition})` : condition));
  return [
    `SELECT ${fields} FROM ${name(selection.object)}`,
    where.length > 0 ? `WHERE ${where.join(' AND ')}` : null,
    selection.orderBy ? `ORDER BY ${selection.orderBy.map(name).join(', ')}` : null,
    selection.limit === undefined ? null : `LIMIT ${selection.limit}`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

export function since(stampField: string, instant: Instant | null): string | null {
  return instant === null ? null : `${name(stampField)} >= ${datetime(instant)}`;
}

/**
 * Strictly after the edge. Stamps have whole seconds and thousands of rows share one: `>` alone
 * loses rows, `>=` alone repeats them without end.
 */
export function after(stampField: string, edge: Edge | null): string | null {
  if (edge === null) return null;
  const stamp = name(stampField);
  const at = datetime(edge.stamp);
  return `${stamp} > ${at} OR (${stamp} = ${at} AND Id > ${quote(edge.id)})`;
}

export function oneOf(field: string, texts: readonly string[]): string {
  return `${name(field)} IN (${texts.map(quote).join(',')})`;
}

/** Days and times stand unquoted; a text against a date field would be refused, and the other way round. */
export function atLeast(field: string, value: CrmValue, type: ValueType | undefined): string {
  return `${name(field)} >= ${literal(field, value, type)}`;
}

export function below(field: string, value: CrmValue, type: ValueType | undefined): string {
  return `${name(field)} < ${literal(field, value, type)}`;
}

function literal(field: string, value: CrmValue, type: ValueType | undefined): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string') {
    if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
    if (type === 'datetime' && !Number.isNaN(Date.parse(value))) return datetime(Date.parse(value));
    if (type === 'text' || type === 'id') return quote(value);
  }
  throw salesforceError('SF_BAD_VALUE', {
    operation: 'build a query',
    message: `${name(field)} can't be compared with a value of this form (field type: ${type ?? 'not visible'}).`,
  });
}
