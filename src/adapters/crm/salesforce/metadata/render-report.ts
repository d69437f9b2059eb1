import type { Report, ReportChart, ReportColumn, ReportGrouping } from '../../../../ports/org-model.js';
import { type Component, type Element, elements } from './element.js';
import { marked } from './mark.js';

/** The number of rows, which every report can draw. */
const ROW_COUNT = 'RowCount';

const AGGREGATES = { sum: 'Sum', average: 'Average', maximum: 'Maximum', minimum: 'Minimum' } as const;

export function aggregateOf(summary: string): string {
  return AGGREGATES[summary as keyof typeof AGGREGATES] ?? summary;
}

/** `base` is the base object of the report's type: its creation date carries the time frame, which is "all". */
export function renderReport(report: Report, base: string): Component {
  return {
    type: 'Report',
    fullName: `${report.folder}/${report.name}`,
    content: elements({
      chart: report.chart === null ? null : chart(report.chart),
      columns: report.columns.map(column),
      description: marked(report.description),
      filter: report.filters.length === 0 ? null : elements({ criteriaItems: report.filters.map(criterion) }),
      format: formatOf(report),
      groupingsAcross: report.across.map(grouping),
      groupingsDown: report.down.map(grouping),
      name: report.label,
      params: [elements({ name: 'co', value: 1 })],
      reportType: `${report.type}__c`,
      scope: 'organization',
      showDetails: report.across.length === 0,
      showGrandTotal: true,
      showSubTotals: true,
      timeFrameFilter: elements({ dateColumn: `${base}$CreatedDate`, interval: 'INTERVAL_CUSTOM' }),
    }),
  };
}

function formatOf({ down, across }: Report): string {
  if (across.length > 0) return 'Matrix';
  return down.length > 0 ? 'Summary' : 'Tabular';
}

function column({ field, summary }: ReportColumn): readonly Element[] {
  return elements({ aggregateTypes: summary === null ? null : aggregateOf(summary), field });
}

function criterion({ field, operation, value }: Report['filters'][number]): readonly Element[] {
  return elements({ column: field, columnToColumn: false, isUnlocked: true, operator: operation, value });
}

const GRANULARITIES = { value: 'Day', day: 'Day', week: 'Week', month: 'Month', quarter: 'Quarter' } as const;

function grouping({ field, by, order }: ReportGrouping): readonly Element[] {
  return elements({
    dateGranularity: GRANULARITIES[by],
    field,
    sortOrder: order === 'ascending' ? 'Asc' : 'Desc',
  });
}

const CHART_TYPES: Readonly<Record<ReportChart['kind'], readonly [string, string]>> = {
  column: ['VerticalColumn', 'VerticalColumnGrouped'],
  bar: ['HorizontalBar', 'HorizontalBarGrouped'],
  line: ['Line', 'LineGrouped'],
  donut: ['Donut', 'Donut'],
  stacked: ['VerticalColumn', 'VerticalColumnStacked'],
  combination: ['VerticalColumnLine', 'VerticalColumnGroupedLine'],
};

function chart(drawn: ReportChart): readonly Element[] {
  const { kind, groupBy, thenBy, title, values } = drawn;
  return elements({
    backgroundColor1: '#FFFFFF',
    backgroundColor2: '#FFFFFF',
    backgroundFadeDir: 'Diagonal',
    chartSummaries: values.map(summary),
    chartType: CHART_TYPES[kind][thenBy === null ? 0 : 1],
    enableHoverLabels: true,
    expandOthers: true,
    groupingColumn: groupBy,
    legendPosition: thenBy !== null || values.length > 1 || kind === 'donut' ? 'Bottom' : null,
    location: 'CHART_TOP',
    secondaryGroupingColumn: thenBy,
    showAxisLabels: true,
    showPercentage: false,
    showTotal: false,
    showValues: true,
    size: 'Medium',
    summaryAxisRange: 'Auto',
    textColor: '#000000',
    textSize: 12,
    title,
    titleColor: '#000000',
    titleSize: 18,
  });
}

/** All on one axis: a target line that had a scale of its own would cross the columns anywhere. */
function summary({ field, summary: by }: ReportChart['values'][number]): readonly Element[] {
  return elements({
    aggregate: field === ROW_COUNT ? null : aggregateOf(by),
    axisBinding: 'y',
    column: field,
  });
}
