import {
  type AnalyticsFile,
  type AnalyticsProblem,
  type Piece,
  pieceOf,
  piecesOf,
  type Tell,
  telling,
  textOf,
  textsOf,
} from './analytics-file.js';

const ROW_COUNT = 'RowCount';

export function checkChart(file: AnalyticsFile): readonly AnalyticsProblem[] {
  const chart = pieceOf(file, 'chart');
  if (chart === undefined) return [];
  const tell = telling(file);
  return [
    ...checkGroupings(file, chart, tell),
    ...piecesOf(chart, 'chartSummaries').flatMap((one) => checkSummary(one, file, tell)),
    ...checkForm(chart, tell),
  ];
}

function checkGroupings(file: AnalyticsFile, chart: Piece, tell: Tell): readonly AnalyticsProblem[] {
  const grouped = [...piecesOf(file, 'groupingsDown'), ...piecesOf(file, 'groupingsAcross')].map((one) =>
    textOf(one, 'field'),
  );
  if (grouped.length === 0) return [tell('A chart needs a grouping, and the report has none.', chart)];
  const first = textOf(chart, 'groupingColumn');
  const second = textOf(chart, 'secondaryGroupingColumn');
  const type = textOf(chart, 'chartType');
  const needsSecond = /Grouped|Stacked/.test(type);
  return [
    ...[first, ...(second === '' ? [] : [second])]
      .filter((field) => !grouped.includes(field))
      .map((field) => tell(`The chart groups by ${field}, but the report does not.`, chart)),
    ...(needsSecond === (second !== '')
      ? []
      : [
          tell(
            needsSecond
              ? `A chart of type ${type} needs a second grouping.`
              : `A chart of type ${type} has no second grouping.`,
            chart,
          ),
        ]),
  ];
}

/** What is drawn is the number of rows, or a column under a summary that the report works out. */
function checkSummary(summary: Piece, file: AnalyticsFile, tell: Tell): readonly AnalyticsProblem[] {
  const problem = summaryProblem(summary, file);
  return problem === null ? [] : [tell(problem, summary)];
}

/** Also for what a dashboard draws of a report. */
export function summaryProblem(summary: Piece, file: AnalyticsFile): string | null {
  const column = textOf(summary, 'column');
  const aggregate = textOf(summary, 'aggregate');
  if (column === ROW_COUNT) return aggregate === '' ? null : `${ROW_COUNT} has no summary of its own.`;
  const found = piecesOf(file, 'columns').find((one) => textOf(one, 'field') === column);
  if (found === undefined) return `${column} is drawn, but it is no column of the report.`;
  return textsOf(found, 'aggregateTypes').includes(aggregate)
    ? null
    : `${column} is drawn as ${aggregate || 'nothing'}, but the report does not work that out.`;
}

/** A combination has columns on the left axis and lines on either; every other chart has one axis. */
function checkForm(chart: Piece, tell: Tell): readonly AnalyticsProblem[] {
  const isCombination = textOf(chart, 'chartType').endsWith('Line') && textOf(chart, 'chartType') !== 'Line';
  const axes = piecesOf(chart, 'chartSummaries').map((one) => textOf(one, 'axisBinding'));
  if (isCombination && axes.length < 2)
    return [tell('A combination needs a second value to draw as a line.', chart)];
  const wrong = axes.some((axis, index) => axis !== 'y' && !(isCombination && index > 0 && axis === 'y2'));
  return wrong ? [tell(`The axes ${axes.join(', ')} do not fit a chart of this type.`, chart)] : [];
}
