import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import { normalId } from '../ids.js';
import type { Value } from '../schema/types.js';
import { type DayRange, literalRange } from './date-literals.js';
import { unquote } from './literal.js';
import { isoDay, localTime, startOfDay } from './local-time.js';
import { malformed } from './parse.js';
import { invalidField, type Scope } from './scope.js';
import { timeZoneOf } from './time-zone.js';

/** What a literal means against a type: one value, or a run of days (from, until). Texts are folded for comparing. */
export type Literal =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'range'; readonly from: string; readonly until: string };

/** A literal as the parser gives it. */
export interface RawLiteral {
  readonly text: string;
  readonly type: LiteralType | undefined;
  /** The number behind the colon of LAST_N_DAYS:3. */
  readonly n: number;
}

const NUMERIC = ['int', 'double', 'currency', 'percent', 'long'];
const REFERENCES = ['id', 'reference'];

/** Stored value -> comparable value of its type. Text compares in any case; an empty text is null. */
export function foldValue(type: string): (value: Value) => Value {
  if (REFERENCES.includes(type) || type === 'date' || type === 'datetime' || NUMERIC.includes(type)) {
    return (value) => value;
  }
  if (type === 'boolean') {
    return (value) => value === true;
  }
  return (value) => (typeof value === 'string' && value !== '' ? value.toLowerCase() : null);
}

/** Reads a literal for a field of this type; ApiError INVALID_FIELD where the two don't fit. */
export function readLiteral(
  scope: Scope,
  raw: RawLiteral,
  field: { readonly name: string; readonly type: string },
): Literal {
  if (raw.type === 'NULL') {
    return { kind: 'value', value: null };
  }
  const { type } = field;
  if (type === 'date' || type === 'datetime') {
    return temporal(scope, raw, field);
  }
  if (NUMERIC.includes(type)) {
    return numeric(scope, raw, field);
  }
  if (type === 'boolean') {
    return raw.type === 'BOOLEAN'
      ? { kind: 'value', value: raw.text.toUpperCase() === 'TRUE' }
      : mismatch(scope, field, 'boolean');
  }
  if (raw.type !== 'STRING') {
    const reason = `value of filter criterion for field '${field.name}' must be of type ${type === 'id' || type === 'reference' ? 'ID' : 'string'} and should be enclosed in quotes`;
    throw invalidField(scope, field.name, reason);
  }
  return { kind: 'value', value: textLiteral(raw.text, type) };
}

function textLiteral(text: string, type: string): Value {
  const plain = unquote(text);
  if (plain.length > 4_000) {
    throw malformed('Filter value is too long: a string in a WHERE clause has at most 4000 characters');
  }
  return REFERENCES.includes(type)
    ? plain === ''
      ? null
      : normalId(plain)
    : plain === ''
      ? null
      : plain.toLowerCase();
}

function numeric(
  scope: Scope,
  raw: RawLiteral,
  field: { readonly name: string; readonly type: string },
): Literal {
  const isNumber = raw.type?.startsWith('INTEGER') === true || raw.type?.startsWith('DECIMAL') === true;
  // A currency literal carries its code: USD500.
  const value = Number(raw.text.replace(/^[A-Z]{3}/i, ''));
  return isNumber && !Number.isNaN(value) ? { kind: 'value', value } : mismatch(scope, field, field.type);
}

function temporal(
  scope: Scope,
  raw: RawLiteral,
  field: { readonly name: string; readonly type: string },
): Literal {
  if (raw.type === 'DATE_LITERAL' || raw.type === 'DATE_N_LITERAL') {
    return dayRange(scope, raw, field.type);
  }
  if (field.type === 'date') {
    return raw.type === 'DATE' ? { kind: 'value', value: raw.text } : mismatch(scope, field, 'date');
  }
  // An unescaped plus sign of the offset arrives as a space.
  const at = raw.type === 'DATETIME' ? Date.parse(raw.text.replace(' ', '+')) : Number.NaN;
  return Number.isNaN(at)
    ? mismatch(scope, field, 'dateTime')
    : { kind: 'value', value: new Date(at).toISOString() };
}

function mismatch(scope: Scope, field: { readonly name: string }, type: string): never {
  const reason = `value of filter criterion for field '${field.name}' must be of type ${type} and should not be enclosed in quotes`;
  throw invalidField(scope, field.name, reason);
}

function dayRange(scope: Scope, raw: RawLiteral, type: string): Literal {
  const zone = timeZoneOf(scope);
  const range = literalRange(raw.text, raw.n, localTime(scope.org.clock.now(), zone));
  if (range === null) {
    throw malformed(`unexpected token: '${raw.text}'`);
  }
  return { kind: 'range', ...(type === 'date' ? asDates(range) : asTimes(range, zone)) };
}

function asDates(range: DayRange): { from: string; until: string } {
  return { from: isoDay(range.from), until: isoDay(range.until) };
}

function asTimes(range: DayRange, zone: string): { from: string; until: string } {
  const at = (day: DayRange['from']): string => new Date(startOfDay(day, zone)).toISOString();
  return { from: at(range.from), until: at(range.until) };
}

type ValueTest = (value: Value) => boolean;

/** The test that an operator makes of a literal, on folded values. Null is unequal to everything but null. */
export function comparison(operator: string, literal: Literal): ValueTest {
  return literal.kind === 'range' ? rangeTest(operator, literal) : valueTest(operator, literal.value);
}

function valueTest(operator: string, wanted: Value): ValueTest {
  switch (operator) {
    case '=':
      return (value) => value === wanted;
    case '!=':
    case '<>':
      return (value) => value !== wanted;
    case '<':
      return ordered(wanted, (order) => order < 0);
    case '<=':
      return ordered(wanted, (order) => order <= 0);
    case '>':
      return ordered(wanted, (order) => order > 0);
    case '>=':
      return ordered(wanted, (order) => order >= 0);
    default:
      throw malformed(`unexpected token: '${operator}'`);
  }
}

function ordered(wanted: Value, accept: (order: number) => boolean): ValueTest {
  return (value) => value !== null && wanted !== null && accept(compareValues(value, wanted));
}

/** -1, 0 or 1; both of one type and not null. */
export function compareValues(a: Value, b: Value): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

function rangeTest(
  operator: string,
  { from, until }: { readonly from: string; readonly until: string },
): ValueTest {
  const inside: ValueTest = (value) => typeof value === 'string' && value >= from && value < until;
  switch (operator) {
    case '=':
      return inside;
    case '!=':
    case '<>':
      return (value) => !inside(value);
    case '<':
      return (value) => typeof value === 'string' && value < from;
    case '<=':
      return (value) => typeof value === 'string' && value < until;
    case '>':
      return (value) => typeof value === 'string' && value >= until;
    case '>=':
      return (value) => typeof value === 'string' && value >= from;
    default:
      throw malformed(`unexpected token: '${operator}'`);
  }
}
