import type { Dashboard, DashboardPart, Report, ReportChart } from '../../../../ports/org-model.js';
import { type Component, type Element, elements } from './element.js';
import { marked } from './mark.js';
import { aggregateOf } from './render-report.js';

const WHITE = '#FFFFFF';
const BLACK = '#000000';
const INK = '#16325C';

export function renderDashboard(dashboard: Dashboard, reports: ReadonlyMap<string, Report>): Component {
  return {
    type: 'Dashboard',
    fullName: `${dashboard.folder}/${dashboard.name}`,
    content: elements({
      backgroundEndColor: WHITE,
      backgroundFadeDirection: 'Diagonal',
      backgroundStartColor: WHITE,
      chartTheme: 'light',
      colorPalette: 'unity',
      dashboardChartTheme: 'light',
      dashboardColorPalette: 'unity',
      dashboardGridLayout: elements({
        dashboardGridComponents: dashboard.parts.map((part) => gridPart(part, reports.get(part.report))),
        numberOfColumns: 12,
        rowHeight: 36,
      }),
      dashboardType: dashboard.runAs === null ? 'LoggedInUser' : 'SpecifiedUser',
      description: marked(dashboard.description),
      isGridLayout: true,
      runningUser: dashboard.runAs,
      textColor: BLACK,
      title: dashboard.title,
      titleColor: BLACK,
      titleSize: 12,
    }),
  };
}

function gridPart(part: DashboardPart, report: Report | undefined): readonly Element[] {
  return elements({
    colSpan: part.width,
    columnIndex: part.column,
    dashboardComponent: SHOWN[part.show](part, report),
    rowIndex: part.row,
    rowSpan: part.height,
  });
}

type Show = (part: DashboardPart, report: Report | undefined) => readonly Element[];

const SHOWN: Readonly<Record<DashboardPart['show'], Show>> = { chart, number, table };

const texts = ({ header, footer, report }: DashboardPart) => ({
  footer: footer === '' ? null : footer,
  header,
  report,
});

const COMPONENT_TYPES: Readonly<Record<ReportChart['kind'], readonly [string, string]>> = {
  column: ['Column', 'ColumnGrouped'],
  bar: ['Bar', 'BarGrouped'],
  line: ['Line', 'LineGrouped'],
  donut: ['Donut', 'Donut'],
  stacked: ['Column', 'ColumnStacked'],
  combination: ['ColumnLine', 'ColumnLineGrouped'],
};

/** The report's own chart. An org asks for the axis range and the sort order of every chart. */
function chart(part: DashboardPart, report: Report | undefined): readonly Element[] {
  const drawn = report?.chart ?? null;
  return elements({
    ...texts(part),
    autoselectColumnsFromReport: true,
    chartAxisRange: 'Auto',
    componentType: COMPONENT_TYPES[drawn?.kind ?? 'column'][drawn?.thenBy == null ? 0 : 1],
    displayUnits: 'Auto',
    drillEnabled: false,
    drillToDetailEnabled: false,
    enableHover: true,
    expandOthers: false,
    showPercentage: false,
    showPicturesOnCharts: false,
    showValues: true,
    sortBy: 'RowLabelAscending',
    useReportChart: true,
  });
}

/** The report's first sum over all its rows, or how many rows there are. */
function number(part: DashboardPart, report: Report | undefined): readonly Element[] {
  const summed = report?.columns.find(({ summary }) => summary !== null);
  return elements({
    ...texts(part),
    autoselectColumnsFromReport: false,
    chartSummary: elements(
      summed === undefined
        ? { column: 'RowCount' }
        : { aggregate: aggregateOf(summed.summary ?? ''), column: summed.field },
    ),
    componentType: 'Metric',
    decimalPrecision: -1,
    displayUnits: 'Auto',
    indicatorHighColor: INK,
    indicatorLowColor: INK,
    indicatorMiddleColor: INK,
    showRange: false,
  });
}

/** The report's columns, row by row, sorted by the first. Tables write `Table.Field` where reports write `Table$Field`. */
function table(part: DashboardPart, report: Report | undefined): readonly Element[] {
  const columns = (report?.columns ?? []).map(({ field }) => field.replace('$', '.'));
  return elements({
    ...texts(part),
    autoselectColumnsFromReport: false,
    componentType: 'FlexTable',
    flexComponentProperties: elements({
      decimalPrecision: -1,
      flexTableColumn: columns.map((reportColumn) =>
        elements({ reportColumn, showSubTotal: false, showTotal: false, type: 'detail' }),
      ),
      flexTableSortInfo: elements({ sortColumn: columns[0] ?? '', sortOrder: 1 }),
      hideChatterPhotos: true,
    }),
  });
}
