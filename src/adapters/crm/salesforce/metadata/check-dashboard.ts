import {
  type AnalyticsFile,
  type AnalyticsProblem,
  type Piece,
  pieceOf,
  piecesOf,
  type Tell,
  telling,
  textOf,
} from './analytics-file.js';
import type { CHART_COMPONENTS } from './analytics-shapes.js';
import { summaryProblem } from './check-chart.js';

const MOST_PARTS = 20;

/** `reports` by full name: `Folder/Report`. */
export function checkDashboard(
  file: AnalyticsFile,
  reports: ReadonlyMap<string, AnalyticsFile>,
): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const grid = pieceOf(file, 'dashboardGridLayout');
  const parts = grid === undefined ? [] : piecesOf(grid, 'dashboardGridComponents');
  return [
    ...checkUser(file, tell),
    ...(parts.length > MOST_PARTS ? [tell(`A dashboard has at most ${MOST_PARTS} parts.`, grid)] : []),
    ...checkGrid(parts, Number(textOf(grid, 'numberOfColumns')), tell),
    ...parts.flatMap((part) => {
      const shown = pieceOf(part, 'dashboardComponent');
      return shown === undefined ? [] : checkPart(shown, reports, tell);
    }),
  ];
}

function checkUser(file: AnalyticsFile, tell: Tell): readonly AnalyticsProblem[] {
  const specified = textOf(file, 'dashboardType') === 'SpecifiedUser';
  const user = textOf(file, 'runningUser');
  if (specified && !user.includes('@')) return [tell('It runs as a named user, but names none.')];
  return !specified && user !== ''
    ? [tell('It runs as whoever looks, but names a user.', pieceOf(file, 'runningUser'))]
    : [];
}

function checkGrid(parts: readonly Piece[], columns: number, tell: Tell): readonly AnalyticsProblem[] {
  const boxes = parts.map(boxOf);
  return boxes.flatMap((box, index) => {
    if (box.right > columns || box.left < 0 || box.top < 0)
      return [tell(`A part reaches beyond the ${columns} columns of the grid.`, parts[index])];
    if (box.right <= box.left || box.bottom <= box.top) return [tell('A part has no size.', parts[index])];
    return boxes.slice(0, index).some((other) => overlap(box, other))
      ? [tell('A part lies over another one.', parts[index])]
      : [];
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf(part: Piece): Box {
  const left = Number(textOf(part, 'columnIndex'));
  const top = Number(textOf(part, 'rowIndex'));
  return {
    left,
    right: left + Number(textOf(part, 'colSpan')),
    top,
    bottom: top + Number(textOf(part, 'rowSpan')),
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

type Reports = ReadonlyMap<string, AnalyticsFile>;

function checkPart(shown: Piece, reports: Reports, tell: Tell): readonly AnalyticsProblem[] {
  const name = textOf(shown, 'report');
  const report = reports.get(name);
  if (report === undefined) return [tell(`There is no report ${name}.`, shown)];
  const type = textOf(shown, 'componentType');
  const problems =
    type === 'Metric'
      ? metricProblems(shown, report)
      : type === 'FlexTable'
        ? tableProblems(shown, report)
        : chartProblems(shown, report);
  return problems.map((sentence) => tell(sentence, shown));
}

/** Orgs refuse a chart without its axis range or its order, whatever the report says. */
function chartProblems(shown: Piece, report: AnalyticsFile): readonly string[] {
  const missing = ['chartAxisRange', 'sortBy'].filter((name) => pieceOf(shown, name) === undefined);
  const chart = pieceOf(report, 'chart');
  const type = textOf(shown, 'componentType');
  const drawn = COMPONENT_OF[textOf(chart, 'chartType')];
  return [
    ...missing.map((name) => `A chart needs ${name}.`),
    ...(chart === undefined ? [`${report.fullName} has no chart to show.`] : []),
    ...(textOf(shown, 'useReportChart') === 'true'
      ? []
      : ['A chart of ours is the one that its report has.']),
    ...(chart !== undefined && drawn !== type ? [`${type} is not what ${report.fullName} draws.`] : []),
  ];
}

/** `VerticalColumnGroupedLine` -> `ColumnLineGrouped`. */
const COMPONENT_OF: Readonly<Record<string, (typeof CHART_COMPONENTS)[number]>> = {
  HorizontalBar: 'Bar',
  HorizontalBarGrouped: 'BarGrouped',
  HorizontalBarStacked: 'BarStacked',
  VerticalColumn: 'Column',
  VerticalColumnGrouped: 'ColumnGrouped',
  VerticalColumnStacked: 'ColumnStacked',
  Line: 'Line',
  LineGrouped: 'LineGrouped',
  Donut: 'Donut',
  VerticalColumnLine: 'ColumnLine',
  VerticalColumnGroupedLine: 'ColumnLineGrouped',
  VerticalColumnStackedLine: 'ColumnLineStacked',
};

const ONLY_CHARTS = ['chartAxisRange', 'showValues', 'sortBy'];
const COLOURS = ['indicatorHighColor', 'indicatorLowColor', 'indicatorMiddleColor'];

function notForOthers(shown: Piece): readonly string[] {
  const type = textOf(shown, 'componentType');
  return ONLY_CHARTS.filter((name) => pieceOf(shown, name) !== undefined).map(
    (name) => `${name} is for charts, not for a ${type}.`,
  );
}

function metricProblems(shown: Piece, report: AnalyticsFile): readonly string[] {
  const summary = pieceOf(shown, 'chartSummary');
  const problem =
    summary === undefined ? 'A number needs to say what it shows.' : summaryProblem(summary, report);
  const missing = COLOURS.filter((name) => pieceOf(shown, name) === undefined);
  return [
    ...notForOthers(shown),
    ...missing.map((name) => `A number needs ${name}.`),
    ...(problem === null ? [] : [problem]),
  ];
}

/** A table writes `Table.Field` where the report writes `Table$Field`. */
function tableProblems(shown: Piece, report: AnalyticsFile): readonly string[] {
  const table = pieceOf(shown, 'flexComponentProperties');
  if (table === undefined) return ['A table needs to say what it shows.'];
  const known = piecesOf(report, 'columns').map((one) => textOf(one, 'field').replace('$', '.'));
  const columns = piecesOf(table, 'flexTableColumn').map((one) => textOf(one, 'reportColumn'));
  const sorted = textOf(pieceOf(table, 'flexTableSortInfo'), 'sortColumn');
  return [
    ...notForOthers(shown),
    ...columns
      .filter((name) => !known.includes(name))
      .map((name) => `${report.fullName} has no column ${name}.`),
    ...(columns.includes(sorted) ? [] : [`The table is sorted by ${sorted}, which it does not show.`]),
  ];
}
