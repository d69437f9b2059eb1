import { flag, many, must, oneOf, part, type Shape, text, whole } from './shapes.js';

/**
 * Elements of analytics as the Metadata API knows them, as far as we write them, with their values and lengths.
 * Lengths that the documentation does not give are those that deploys were refused for (2026).
 */

const DEVELOPER_TEXT = must(text());
const DESCRIPTION = text(255);
const COLOUR = text();

const JOIN: Shape = { outerJoin: must(flag), relationship: DEVELOPER_TEXT };

const REPORT_TYPE: Shape = {
  baseObject: DEVELOPER_TEXT,
  category: must(oneOf('accounts', 'opportunities', 'cases', 'campaign', 'leads', 'activities', 'other')),
  deployed: must(flag),
  description: DESCRIPTION,
  join: part(JOIN),
  label: must(text(50)),
  sections: must(
    many(
      part({
        columns: many(part({ checkedByDefault: must(flag), field: DEVELOPER_TEXT, table: DEVELOPER_TEXT })),
        masterLabel: must(text(80)),
      }),
    ),
  ),
};

const FOLDER: Shape = {
  folderShares: many(
    part({
      accessLevel: must(oneOf('View', 'EditAllContents', 'Manage')),
      sharedTo: must(text()),
      sharedToType: must(oneOf('Organization', 'Group', 'Role', 'RoleAndSubordinates', 'User')),
    }),
  ),
  name: must(text(80)),
};

const AGGREGATE = oneOf('Sum', 'Average', 'Maximum', 'Minimum', 'Unique');
const AXIS = oneOf('x', 'y', 'y2', 'r');
const LEGEND = oneOf('Right', 'Bottom', 'OnChart');

const CHART_TYPES = [
  'HorizontalBar',
  'HorizontalBarGrouped',
  'HorizontalBarStacked',
  'VerticalColumn',
  'VerticalColumnGrouped',
  'VerticalColumnStacked',
  'Line',
  'LineGrouped',
  'Donut',
  'VerticalColumnLine',
  'VerticalColumnGroupedLine',
  'VerticalColumnStackedLine',
] as const;

const CHART: Shape = {
  backgroundColor1: COLOUR,
  backgroundColor2: COLOUR,
  backgroundFadeDir: oneOf('Diagonal', 'LeftToRight', 'TopToBottom'),
  chartSummaries: must(many(part({ aggregate: AGGREGATE, axisBinding: AXIS, column: DEVELOPER_TEXT }))),
  chartType: must(oneOf(...CHART_TYPES)),
  enableHoverLabels: flag,
  expandOthers: flag,
  groupingColumn: text(),
  legendPosition: LEGEND,
  location: oneOf('CHART_TOP', 'CHART_BOTTOM'),
  secondaryGroupingColumn: text(),
  showAxisLabels: flag,
  showPercentage: flag,
  showTotal: flag,
  showValues: flag,
  size: oneOf('Tiny', 'Small', 'Medium', 'Large', 'Huge'),
  summaryAxisRange: must(oneOf('Auto', 'Manual')),
  textColor: COLOUR,
  textSize: whole,
  title: text(80),
  titleColor: COLOUR,
  titleSize: whole,
};

const GROUPING: Shape = {
  dateGranularity: oneOf('None', 'Day', 'Week', 'Month', 'Quarter', 'Year'),
  field: DEVELOPER_TEXT,
  sortOrder: must(oneOf('Asc', 'Desc')),
};

const OPERATORS = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
] as const;

const REPORT: Shape = {
  chart: part(CHART),
  columns: must(many(part({ aggregateTypes: many(AGGREGATE), field: DEVELOPER_TEXT }))),
  description: DESCRIPTION,
  filter: part({
    booleanFilter: text(),
    criteriaItems: many(
      part({
        column: DEVELOPER_TEXT,
        columnToColumn: flag,
        isUnlocked: flag,
        operator: must(oneOf(...OPERATORS)),
        value: text(1000),
      }),
    ),
  }),
  format: must(oneOf('Tabular', 'Summary', 'Matrix')),
  groupingsAcross: many(part(GROUPING)),
  groupingsDown: many(part(GROUPING)),
  name: must(text(40)),
  params: many(part({ name: must(text()), value: must(text()) })),
  reportType: DEVELOPER_TEXT,
  scope: oneOf('organization'),
  showDetails: flag,
  showGrandTotal: flag,
  showSubTotals: flag,
  timeFrameFilter: must(part({ dateColumn: DEVELOPER_TEXT, interval: must(oneOf('INTERVAL_CUSTOM')) })),
};

const TABLE: Shape = {
  decimalPrecision: whole,
  flexTableColumn: must(
    many(
      part({
        reportColumn: DEVELOPER_TEXT,
        showSubTotal: flag,
        showTotal: flag,
        type: must(oneOf('detail', 'grouping', 'aggregate')),
      }),
    ),
  ),
  flexTableSortInfo: must(part({ sortColumn: text(), sortOrder: must(oneOf('1', '2')) })),
  hideChatterPhotos: flag,
};

export const CHART_COMPONENTS = [
  'Bar',
  'BarGrouped',
  'BarStacked',
  'Column',
  'ColumnGrouped',
  'ColumnStacked',
  'Line',
  'LineGrouped',
  'Donut',
  'ColumnLine',
  'ColumnLineGrouped',
  'ColumnLineStacked',
] as const;

const COMPONENT: Shape = {
  autoselectColumnsFromReport: flag,
  chartAxisRange: oneOf('Auto', 'Manual'),
  chartSummary: many(part({ aggregate: AGGREGATE, axisBinding: AXIS, column: DEVELOPER_TEXT })),
  componentType: must(oneOf(...CHART_COMPONENTS, 'Metric', 'FlexTable')),
  decimalPrecision: whole,
  displayUnits: oneOf('Auto', 'Integer', 'Hundreds', 'Thousands', 'Millions', 'Billions', 'Trillions'),
  drillEnabled: flag,
  drillToDetailEnabled: flag,
  enableHover: flag,
  expandOthers: flag,
  flexComponentProperties: part(TABLE),
  footer: text(80),
  header: text(40),
  indicatorHighColor: COLOUR,
  indicatorLowColor: COLOUR,
  indicatorMiddleColor: COLOUR,
  legendPosition: LEGEND,
  report: DEVELOPER_TEXT,
  showPercentage: flag,
  showPicturesOnCharts: flag,
  showRange: flag,
  showValues: flag,
  sortBy: oneOf('RowLabelAscending', 'RowLabelDescending', 'RowValueAscending', 'RowValueDescending'),
  useReportChart: flag,
};

const DASHBOARD: Shape = {
  backgroundEndColor: must(COLOUR),
  backgroundFadeDirection: must(oneOf('Diagonal', 'LeftToRight', 'TopToBottom')),
  backgroundStartColor: must(COLOUR),
  chartTheme: oneOf('light', 'dark'),
  colorPalette: text(),
  dashboardChartTheme: oneOf('light', 'dark'),
  dashboardColorPalette: text(),
  dashboardGridLayout: must(
    part({
      dashboardGridComponents: must(
        many(
          part({
            colSpan: must(whole),
            columnIndex: must(whole),
            dashboardComponent: must(part(COMPONENT)),
            rowIndex: must(whole),
            rowSpan: must(whole),
          }),
        ),
      ),
      numberOfColumns: must(whole),
      rowHeight: must(whole),
    }),
  ),
  dashboardType: must(oneOf('SpecifiedUser', 'LoggedInUser')),
  description: DESCRIPTION,
  isGridLayout: must(flag),
  runningUser: text(),
  textColor: must(COLOUR),
  title: must(text(80)),
  titleColor: must(COLOUR),
  titleSize: must(whole),
};

export const ANALYTICS_SHAPES: Readonly<Record<string, Shape>> = {
  ReportType: REPORT_TYPE,
  ReportFolder: FOLDER,
  Report: REPORT,
  DashboardFolder: FOLDER,
  Dashboard: DASHBOARD,
};
