import {
  type AnalyticsFile,
  type AnalyticsProblem,
  type Piece,
  pieceOf,
  piecesOf,
  telling,
  textOf,
  textsOf,
} from './analytics-file.js';
import { checkChart } from './check-chart.js';
import { checkFilters } from './check-filters.js';
import type { TypeColumns } from './check-report-type.js';

/** Report types by name, without `__c`. */
export type ReportTypes = ReadonlyMap<string, TypeColumns>;

const MOST_DOWN = { Tabular: 0, Summary: 3, Matrix: 2 } as const;
const MOST_ACROSS = { Tabular: 0, Summary: 0, Matrix: 2 } as const;
const NUMBERS = ['Number', 'Currency', 'Percent'];
const DATES = ['Date', 'DateTime'];

export function checkReport(file: AnalyticsFile, types: ReportTypes): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const name = textOf(file, 'reportType');
  const columns = name.endsWith('__c') ? types.get(name.replace(/__c$/, '')) : undefined;
  if (columns === undefined) return [tell(`There is no report type ${name}.`, pieceOf(file, 'reportType'))];
  return [
    ...checkFormat(file),
    ...checkColumns(file, columns),
    ...checkGroupings(file, columns),
    ...checkFilters(file, columns),
    ...checkTimeFrame(file, columns),
    ...checkChart(file),
  ];
}

function groupingsOf(file: AnalyticsFile): readonly Piece[] {
  return [...piecesOf(file, 'groupingsDown'), ...piecesOf(file, 'groupingsAcross')];
}

function checkFormat(file: AnalyticsFile): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const format = textOf(file, 'format') as keyof typeof MOST_DOWN;
  const at = pieceOf(file, 'format');
  const down = piecesOf(file, 'groupingsDown').length;
  const across = piecesOf(file, 'groupingsAcross').length;
  if (format === 'Matrix' && (down === 0 || across === 0))
    return [tell('A Matrix report groups down and across.', at)];
  if (format === 'Summary' && down === 0) return [tell('A Summary report groups down at least once.', at)];
  return down > (MOST_DOWN[format] ?? 0) || across > (MOST_ACROSS[format] ?? 0)
    ? [tell(`A ${format} report has fewer groupings than that.`, at)]
    : [];
}

function checkColumns(file: AnalyticsFile, known: TypeColumns): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const groupings = groupingsOf(file).map((one) => textOf(one, 'field'));
  const names = piecesOf(file, 'columns').map((one) => textOf(one, 'field'));
  return piecesOf(file, 'columns').flatMap((column, index) => {
    const field = textOf(column, 'field');
    const kind = known.get(field);
    if (kind === undefined) return [tell(`The report type has no column ${field}.`, column)];
    if (groupings.includes(field))
      return [tell(`${field} is grouped by, so it can't be a column too.`, column)];
    if (names.indexOf(field) < index) return [tell(`The column ${field} stands there twice.`, column)];
    const summed = textsOf(column, 'aggregateTypes').some((type) => type !== 'Unique');
    return summed && kind !== '' && !NUMBERS.includes(kind)
      ? [tell(`${field} is a ${kind}: only numbers are summed up.`, column)]
      : [];
  });
}

function checkGroupings(file: AnalyticsFile, known: TypeColumns): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const names = groupingsOf(file).map((one) => textOf(one, 'field'));
  return groupingsOf(file).flatMap((grouping, index) => {
    const field = textOf(grouping, 'field');
    const kind = known.get(field);
    if (kind === undefined) return [tell(`The report type has no column ${field} to group by.`, grouping)];
    if (names.indexOf(field) < index) return [tell(`It groups by ${field} twice.`, grouping)];
    if (kind === 'LongTextArea') return [tell(`${field} is too long to group by.`, grouping)];
    const granularity = textOf(grouping, 'dateGranularity');
    return granularity !== 'Day' && granularity !== 'None' && kind !== '' && !DATES.includes(kind)
      ? [tell(`${field} is a ${kind}: only dates are grouped by ${granularity}.`, grouping)]
      : [];
  });
}

function checkTimeFrame(file: AnalyticsFile, known: TypeColumns): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const frame = pieceOf(file, 'timeFrameFilter');
  const column = textOf(frame, 'dateColumn');
  const kind = known.get(column);
  if (kind === undefined) return [tell(`The report type has no column ${column} for the time frame.`, frame)];
  return kind === '' || DATES.includes(kind)
    ? []
    : [tell(`${column} is a ${kind}: the time frame needs a date.`, frame)];
}
