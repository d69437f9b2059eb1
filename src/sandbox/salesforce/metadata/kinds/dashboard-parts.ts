import type { Draft } from '../deploy/component.js';
import { error, type Problem } from '../types/problem.js';
import { allElements, childOf, childrenOf, isTrue, textOf, type XmlElement } from '../xml/element.js';
import { canDraw, groupingsOf, summariesOf } from './report-columns.js';

const CHARTS = /^(Bar|Column|Line|Pie|Donut|Funnel|Scatter)/;
const OTHERS = ['Metric', 'Gauge', 'Table', 'FlexTable', 'Image', 'RichText', 'Scontrol', 'VisualforcePage'];
const COLOURED = ['Metric', 'Gauge'];
const COLOURS = ['indicatorHighColor', 'indicatorLowColor', 'indicatorMiddleColor'];

/** Parts of a grid and of classic sections alike. */
export function checkParts(dashboard: XmlElement, draft: Draft): readonly Problem[] {
  const parts = [...allElements(dashboard, 'dashboardComponent'), ...allElements(dashboard, 'components')];
  return parts.flatMap((part) => {
    const name = textOf(part, 'report');
    const report = draft.stored('Report', name);
    if (name !== '' && !report) {
      return [error(`In field: report - no Report named ${name} found`, childOf(part, 'report') ?? part)];
    }
    return [...checkAttributes(part), ...(report ? checkAgainst(part, report.element) : [])];
  });
}

function checkAttributes(part: XmlElement): readonly Problem[] {
  const type = textOf(part, 'componentType');
  const isChart = CHARTS.test(type);
  if (!isChart && !OTHERS.includes(type)) {
    return [error(`'${type}' is not a valid value for the enum 'DashboardComponentType'`, part)];
  }
  const required = isChart ? ['sortBy', 'chartAxisRange'] : COLOURED.includes(type) ? COLOURS : [];
  const barred = isChart ? [] : ['chartAxisRange', ...(type === 'Gauge' ? [] : ['showValues'])];
  return [
    ...required
      .filter((name) => !childOf(part, name))
      .map((name) =>
        error(`${isChart ? 'Chart' : type} dashboard components require the ${name} attribute`, part),
      ),
    ...barred
      .filter((name) => childOf(part, name))
      .map((name) => error(`${type} dashboard components do not allow the ${name} attribute`, part)),
  ];
}

function checkAgainst(part: XmlElement, report: XmlElement): readonly Problem[] {
  const type = textOf(part, 'componentType');
  if (type === 'FlexTable') return checkTable(part, report);
  if (CHARTS.test(type) && isTrue(part, 'useReportChart')) {
    return childOf(report, 'chart') ? [] : [error('The report of a component has no chart to use', part)];
  }
  const groups = groupingsOf(report).map((grouping) => textOf(grouping, 'field'));
  return [
    ...childrenOf(part, 'chartSummary')
      .filter((summary) => !canDraw(report, summary))
      .map((summary) =>
        error(`chartSummary-column: Invalid value specified: ${textOf(summary, 'column')}`, summary),
      ),
    ...childrenOf(part, 'groupingColumn')
      .filter((grouping) => !groups.includes(grouping.text.trim()))
      .map((grouping) => error(`groupingColumn: Invalid value specified: ${grouping.text.trim()}`, grouping)),
  ];
}

const SUMMARIES: Readonly<Record<string, string>> = { s: 'Sum', a: 'Average', m: 'Minimum', x: 'Maximum' };

/** Tables name columns with a dot where reports have a dollar; summaries as `s!Column`. */
function checkTable(part: XmlElement, report: XmlElement): readonly Problem[] {
  const dotted = (name: string): string => name.replace('$', '.');
  const summaries = new Map([...summariesOf(report)].map(([name, types]) => [dotted(name), types]));
  const groups = groupingsOf(report).map((grouping) => dotted(textOf(grouping, 'field')));
  const isKnown = (name: string): boolean => {
    const summary = SUMMARIES[/^([samx])!/.exec(name)?.[1] ?? ''];
    return summary === undefined
      ? summaries.has(name) || groups.includes(name) || name === 'RowCount'
      : summaries.get(name.slice(2))?.includes(summary) === true;
  };
  return ['reportColumn', 'sortColumn']
    .flatMap((name) => allElements(part, name))
    .filter((column) => column.text.trim() !== '' && !isKnown(column.text.trim()))
    .map((column) => error(`invalid field: ${column.text.trim()}`, column));
}
