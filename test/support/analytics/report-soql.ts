import type {
  Filter,
  Report,
  ReportColumn,
  ReportGrouping,
  ReportType,
} from '../../../src/ports/org-model.js';
import { OUR_FIELDS, WORLD } from './our-org.js';

/** The SOQL that an admin would write for a report, without anything of ours to help. */
export interface ReportSoql {
  /** One row a group: `g0` … hold the groups, `rows` the count, `v0` … the summaries in the order of the columns. */
  readonly grouped: string;
  /** One row a record, with the report's columns. */
  readonly detail: string;
}

export function reportSoql(report: Report, types: readonly ReportType[]): ReportSoql {
  const source = sourceOf(report, types);
  const groups = [...report.down, ...report.across].flatMap((grouping) => groupTerms(grouping, source));
  const sums = report.columns.flatMap((column) => summaryTerm(column, source));
  const conditions = [
    // A joined report shows nothing without an account.
    ...(source.joined ? ['Account__c != null'] : []),
    ...report.filters.map((one) => criterion(one, source)),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const select = [
    ...groups.map((term, index) => `${term} g${index}`),
    'COUNT(Id) rowCount',
    ...sums.map((term, index) => `${term} v${index}`),
  ];
  const fields = report.columns.map(({ field }) => source.path(field));
  return {
    grouped: `SELECT ${select.join(', ')} FROM ${source.object}${where} GROUP BY ${groups.join(', ')}`,
    detail: `SELECT ${[...new Set(['Id', ...fields])].join(', ')} FROM ${source.object}${where}`,
  };
}

interface Source {
  readonly object: string;
  /** Accounts with records of `object`, rather than those records alone. */
  readonly joined: boolean;
  /** `Account$Name` -> `Name`, or `Account__r.Name` seen from what is joined. */
  readonly path: (column: string) => string;
  readonly kind: (column: string) => string;
}

export function sourceOf(report: Report, types: readonly ReportType[]): Source {
  const type = types.find(({ name }) => name === report.type);
  if (type === undefined) throw new Error(`no report type ${report.type}`);
  const { object: base, join } = type;
  const child = join === null ? base : (WORLD.child(base, join.relationship) ?? '');
  const split = (column: string): readonly [string, string] => {
    const [table = '', field = ''] = column.split('$');
    return [table, field];
  };
  return {
    object: child,
    joined: join !== null,
    path: (column) => {
      const [table, field] = split(column);
      return join !== null && table === base ? `Account__r.${field}` : field;
    },
    kind: (column) => {
      const [table, field] = split(column);
      return OUR_FIELDS.get(table === base ? base : child)?.get(field) ?? '';
    },
  };
}

/** Whole days and months in the reader's time zone, as reports count them. */
function groupTerms({ field, by }: ReportGrouping, { path, kind }: Source): readonly string[] {
  const name = path(field);
  if (by === 'value') return [name];
  const local = kind(field) === 'DateTime' ? `convertTimezone(${name})` : name;
  if (by === 'day') return [kind(field) === 'DateTime' ? `DAY_ONLY(${local})` : name];
  const unit = { week: 'WEEK_IN_YEAR', month: 'CALENDAR_MONTH', quarter: 'CALENDAR_QUARTER' }[by];
  return [`CALENDAR_YEAR(${local})`, `${unit}(${local})`];
}

const FUNCTIONS = { sum: 'SUM', average: 'AVG', maximum: 'MAX', minimum: 'MIN' } as const;

function summaryTerm({ field, summary }: ReportColumn, { path }: Source): readonly string[] {
  return summary === null ? [] : [`${FUNCTIONS[summary]}(${path(field)})`];
}

const OPERATORS = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
} as const;

function criterion({ field, operation, value }: Filter, { path, kind }: Source): string {
  const literals = value.split(',').map((one) => literal(one, kind(field)));
  return literals.length > 1
    ? `${path(field)} IN (${literals.join(', ')})`
    : `${path(field)} ${OPERATORS[operation]} ${literals[0] ?? ''}`;
}

function literal(value: string, kind: string): string {
  if (value === '') return 'null';
  if (kind === 'Checkbox') return value === '1' ? 'TRUE' : 'FALSE';
  if (['Number', 'Currency', 'Date', 'DateTime'].includes(kind)) return value;
  return `'${value.replaceAll("'", "\\'")}'`;
}
