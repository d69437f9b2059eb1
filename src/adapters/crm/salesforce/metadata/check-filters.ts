import {
  type AnalyticsFile,
  type AnalyticsProblem,
  pieceOf,
  piecesOf,
  telling,
  textOf,
} from './analytics-file.js';
import type { TypeColumns } from './check-report-type.js';

const ONLY_ORDERED = ['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'];
const ORDERED = ['Number', 'Currency', 'Percent', 'Date', 'DateTime'];
const RELATIVE =
  /^(TODAY|YESTERDAY|TOMORROW|(THIS|LAST|NEXT)_(WEEK|MONTH|QUARTER|YEAR)|(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS):\d+)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Filters on columns of the type, with values that the field can have. */
export function checkFilters(file: AnalyticsFile, known: TypeColumns): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const filter = pieceOf(file, 'filter');
  return (filter === undefined ? [] : piecesOf(filter, 'criteriaItems')).flatMap((item) => {
    const column = textOf(item, 'column');
    const kind = known.get(column);
    if (kind === undefined) return [tell(`The report type has no column ${column} to filter by.`, item)];
    const problem = filterProblem(kind, textOf(item, 'operator'), textOf(item, 'value'));
    return problem === null ? [] : [tell(`${column} ${problem}`, item)];
  });
}

function filterProblem(kind: string, operator: string, value: string): string | null {
  if (kind === 'LongTextArea') return 'is too long to filter by.';
  if (kind !== '' && ONLY_ORDERED.includes(operator) && !ORDERED.includes(kind))
    return `is a ${kind}: it is not more or less than anything.`;
  if (value === '') return ONLY_ORDERED.includes(operator) ? 'is compared with nothing.' : null;
  const each = value.split(',');
  if (each.some((one) => one.trim() !== one || one === '')) return `has a gap in its values "${value}".`;
  return each.every((one) => fits(kind, one)) ? null : `is a ${kind}: it can't be "${value}".`;
}

function fits(kind: string, value: string): boolean {
  if (kind === 'Checkbox') return value === '0' || value === '1';
  if (kind === 'Date' || kind === 'DateTime') return RELATIVE.test(value) || DAY.test(value);
  return ['Number', 'Currency', 'Percent'].includes(kind) ? NUMBER.test(value) : true;
}
