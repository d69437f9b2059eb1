import type { FieldDefinition } from '../../schema/types.js';
import { error, type Problem } from '../types/problem.js';
import { allElements, textOf, type XmlElement } from '../xml/element.js';
import type { ReportColumns } from './report-columns.js';

const OPERATORS =
  'equals notEqual lessThan greaterThan lessOrEqual greaterOrEqual contains notContain startsWith includes excludes within between'.split(
    ' ',
  );
const NUMERIC = ['double', 'int', 'long', 'currency', 'percent'];
const DATED = ['date', 'datetime'];

/** Filters outside of cross filters, which name the fields of another object. */
export function checkFilters(report: XmlElement, columns: ReportColumns): readonly Problem[] {
  const filters = report.children.filter((child) => child.name === 'filter');
  return filters
    .flatMap((filter) => allElements(filter, 'criteriaItems'))
    .flatMap((item) => {
      const column = textOf(item, 'column');
      const operator = textOf(item, 'operator');
      if (!columns.has(column)) {
        return [error(`filters-criteriaItems-column: Invalid value specified: ${column}`, item)];
      }
      if (!OPERATORS.includes(operator)) {
        return [error(`'${operator}' is not a valid value for the enum 'FilterOperation'`, item)];
      }
      const field = columns.field(column);
      return field === null ||
        textOf(item, 'value')
          .split(',')
          .every((value) => canBe(value, field))
        ? []
        : [error(`filters-criteriaItems-value: Invalid value specified: ${textOf(item, 'value')}`, item)];
    });
}

function canBe(value: string, { type, length }: FieldDefinition): boolean {
  if (type === 'textarea' && length > 255) return false;
  if (value === '') return true;
  if (type === 'boolean') return /^(0|1|true|false)$/i.test(value);
  if (NUMERIC.includes(type)) return Number.isFinite(Number(value));
  return !DATED.includes(type) || isDate(value);
}

/** A day, or days that move: `TODAY`, `LAST_QUARTER`, `NEXT_N_DAYS:90`. */
function isDate(value: string): boolean {
  const [name = '', count] = value.split(':');
  if (count !== undefined) {
    return (
      /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S$/.test(name) &&
      Number(count) > 0
    );
  }
  return (
    ['TODAY', 'YESTERDAY', 'TOMORROW'].includes(name) ||
    /^(THIS|LAST|NEXT)_(WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)$/.test(name) ||
    !Number.isNaN(Date.parse(value))
  );
}
