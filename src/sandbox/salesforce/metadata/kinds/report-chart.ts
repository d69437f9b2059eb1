import { error, type Problem } from '../types/problem.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/element.js';
import { canDraw, groupingsOf } from './report-columns.js';

const ONE_SERIES = ['HorizontalBar', 'VerticalColumn', 'Line', 'LineCumulative', 'Pie', 'Donut', 'Funnel'];
const TWO_SERIES = [
  'HorizontalBarGrouped',
  'HorizontalBarStacked',
  'HorizontalBarStackedTo100',
  'VerticalColumnGrouped',
  'VerticalColumnStacked',
  'VerticalColumnStackedTo100',
  'LineGrouped',
  'LineCumulativeGrouped',
];
const COMBINED = ['VerticalColumnLine', 'VerticalColumnGroupedLine', 'VerticalColumnStackedLine'];
const OTHERS = ['None', 'Scatter', 'ScatterGrouped', 'Bubble', 'BubbleGrouped', 'Plugin'];

export function checkChart(report: XmlElement): readonly Problem[] {
  const chart = childOf(report, 'chart');
  if (!chart) return [];
  const type = textOf(chart, 'chartType');
  if (![...ONE_SERIES, ...TWO_SERIES, ...COMBINED, ...OTHERS].includes(type)) {
    return [error(`'${type}' is not a valid value for the enum 'ChartType'`, chart)];
  }
  return [...checkGroups(chart, report, type), ...checkSummaries(chart, report, type)];
}

function checkGroups(chart: XmlElement, report: XmlElement, type: string): readonly Problem[] {
  const groups = groupingsOf(report).map((grouping) => textOf(grouping, 'field'));
  if (groups.length === 0) return [error('A chart needs a grouping', chart)];
  const drawn = ['groupingColumn', 'secondaryGroupingColumn'].flatMap((name) => textOf(chart, name) || []);
  const second = textOf(chart, 'secondaryGroupingColumn') !== '';
  return [
    ...drawn
      .filter((name) => !groups.includes(name))
      .map((name) => error(`chart-grouping: Invalid value specified: ${name}`, chart)),
    ...(TWO_SERIES.includes(type) && !second
      ? [error(`chart: secondaryGroupingColumn is required for ${type}`, chart)]
      : []),
    ...(ONE_SERIES.includes(type) && second
      ? [error(`chart: secondaryGroupingColumn is not allowed for ${type}`, chart)]
      : []),
  ];
}

/** Columns first, on the left axis; in a combination what follows are lines, on either axis. */
function checkSummaries(chart: XmlElement, report: XmlElement, type: string): readonly Problem[] {
  const summaries = childrenOf(chart, 'chartSummaries');
  const [first, ...others] = summaries.map((summary) => textOf(summary, 'axisBinding'));
  const allowed = COMBINED.includes(type) ? ['y', 'y2'] : ['y'];
  const fits = OTHERS.includes(type) || (first === 'y' && others.every((axis) => allowed.includes(axis)));
  return [
    ...summaries
      .filter((summary) => !canDraw(report, summary))
      .map((summary) =>
        error(`chart-summary: Invalid value specified: ${textOf(summary, 'column')}`, summary),
      ),
    ...(fits ? [] : [error(`chart: axisBinding does not fit ${type}`, chart)]),
    ...(COMBINED.includes(type) && others.length === 0
      ? [error(`chart: ${type} needs a summary for its line`, chart)]
      : []),
  ];
}
