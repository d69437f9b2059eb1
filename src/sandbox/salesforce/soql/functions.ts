import type { Row, Value } from '../schema/types.js';
import { isoDay, type LocalDay, localTime, weekDay } from './local-time.js';
import { malformed } from './parse.js';
import { type FieldRef, resolveField, type Scope } from './scope.js';
import { timeZoneOf } from './time-zone.js';

/** A function call as the parser gives it. */
export interface FunctionCall {
  readonly functionName?: string | undefined;
  readonly parameters?: readonly unknown[] | undefined;
  readonly rawValue?: string | undefined;
}

/** Something that can be compared, ordered, grouped or shown: a field, or a function of one. */
export interface Operand {
  readonly name: string;
  readonly type: string;
  readonly read: (row: Row) => Value;
  /** The plain field behind it, when it is one. */
  readonly field: FieldRef | null;
}

export function fieldOperand(ref: FieldRef): Operand {
  return { name: ref.path, type: ref.definition.type, read: ref.read, field: ref };
}

type OfDay = (day: LocalDay) => Value;

const dayOfYear = (day: LocalDay): number =>
  Math.round((Date.UTC(day.year, day.month - 1, day.day) - Date.UTC(day.year, 0, 1)) / 86_400_000) + 1;

/** Date functions; fiscal years begin in January here. */
const OF_DAY: Readonly<Record<string, OfDay>> = {
  CALENDAR_YEAR: (day) => day.year,
  CALENDAR_QUARTER: (day) => Math.ceil(day.month / 3),
  CALENDAR_MONTH: (day) => day.month,
  FISCAL_YEAR: (day) => day.year,
  FISCAL_QUARTER: (day) => Math.ceil(day.month / 3),
  FISCAL_MONTH: (day) => day.month,
  DAY_IN_MONTH: (day) => day.day,
  DAY_IN_WEEK: (day) => weekDay(day) + 1,
  DAY_IN_YEAR: dayOfYear,
  WEEK_IN_MONTH: (day) => Math.ceil(day.day / 7),
  WEEK_IN_YEAR: (day) => Math.ceil(dayOfYear(day) / 7),
};

/** Shown as they are: translation, formatting and currency conversion have one language and one currency here. */
const TRANSPARENT = ['TOLABEL', 'FORMAT', 'CONVERTCURRENCY'];

/** Resolves a non-aggregate function. */
export function functionOperand(scope: Scope, call: FunctionCall): Operand {
  const name = (call.functionName ?? '').toUpperCase();
  const { field, converted } = argumentOf(scope, call);
  const shown = call.rawValue ?? name;
  if (TRANSPARENT.includes(name)) {
    return { name: field.path, type: field.definition.type, read: field.read, field };
  }
  // Without convertTimezone() the platform's date functions see UTC (documented).
  const zone = converted ? timeZoneOf(scope) : 'UTC';
  if (name === 'DAY_ONLY') {
    return { name: shown, type: 'date', field: null, read: overDay(field, zone, isoDay) };
  }
  if (name === 'HOUR_IN_DAY') {
    return { name: shown, type: 'int', field: null, read: (row) => hourOf(field.read(row), zone) };
  }
  const ofDay = OF_DAY[name];
  if (ofDay === undefined) {
    throw malformed(`unexpected token: '${call.functionName ?? ''}'`);
  }
  return { name: shown, type: 'int', field: null, read: overDay(field, zone, ofDay) };
}

function argumentOf(scope: Scope, call: FunctionCall): { field: FieldRef; converted: boolean } {
  const [first] = call.parameters ?? [];
  if (typeof first === 'string') {
    return { field: resolveField(scope, first), converted: false };
  }
  if (isCall(first) && first.functionName?.toUpperCase() === 'CONVERTTIMEZONE') {
    return { ...argumentOf(scope, first), converted: true };
  }
  throw malformed(`unexpected token: '${call.rawValue ?? ''}'`);
}

function isCall(value: unknown): value is FunctionCall {
  return typeof value === 'object' && value !== null && 'functionName' in value;
}

function overDay(field: FieldRef, zone: string, ofDay: OfDay): (row: Row) => Value {
  return (row) => {
    const value = field.read(row);
    return typeof value === 'string' ? ofDay(dayOf(value, zone)) : null;
  };
}

function dayOf(value: string, zone: string): LocalDay {
  if (value.length === 10) {
    const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
    return { year, month, day };
  }
  return localTime(Date.parse(value), zone);
}

function hourOf(value: Value, zone: string): number | null {
  return typeof value === 'string' ? localTime(Date.parse(value), zone).hour : null;
}
