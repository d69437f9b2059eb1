import { describe, expect, it } from '@jest/globals';
import { checkAnalytics } from '../../../../../src/adapters/crm/salesforce/metadata/check-analytics.js';
import { changed, readAll, TEXTS } from '../../../../support/analytics/files.js';
import { WORLD } from '../../../../support/analytics/our-org.js';

const TYPE = 'ReportType Truenorth_Program_Metrics';
const JOINED = 'ReportType Truenorth_Accounts_and_Snapshots';
const REPORT = 'Report Truenorth_Reports/Churn_by_month';
const TABLE = 'Report Truenorth_Reports/Churn_met_or_not_met';
const MATRIX = 'Report Truenorth_Reports/Churn_by_quarter_and_tier';
const DATED = 'Report Truenorth_Reports/Band_changes_by_month';
const BOARD = 'Dashboard Truenorth_Dashboards/Churn';
const SYNC = 'Dashboard Truenorth_Dashboards/Sync_health';
const LONG = 'x'.repeat(256);

type Mutation = readonly [rule: string, file: string, from: string | RegExp, to: string, sentence: RegExp];

const MUTATIONS: readonly Mutation[] = [
  // elements
  [
    'an unknown element',
    REPORT,
    '<scope>',
    '<colour>red</colour>\n    <scope>',
    /Report has no element colour/,
  ],
  ['a missing element', REPORT, /<name>Churn by month<\/name>/, '', /Report lacks name/],
  ['elements out of order', REPORT, /(<format>.*<\/format>)([\s\S]*)(<scope>)/, '$2$1$3', /out of order/],
  [
    'an element twice',
    REPORT,
    '<format>Summary</format>',
    '<format>Summary</format><format>Summary</format>',
    /holds format more than once/,
  ],
  [
    'a text where elements belong',
    REPORT,
    /<timeFrameFilter>[\s\S]*<\/timeFrameFilter>/,
    '<timeFrameFilter>all</timeFrameFilter>',
    /timeFrameFilter lacks dateColumn/,
  ],
  [
    'elements where a text belongs',
    REPORT,
    '<format>Summary',
    '<format><b>Summary</b>',
    /format holds elements/,
  ],
  ['a flag that is none', REPORT, '<showDetails>true', '<showDetails>yes', /showDetails is true or false/],
  ['a number that is none', BOARD, '<rowHeight>36', '<rowHeight>tall', /rowHeight is a whole number/],
  ['an empty name', REPORT, '<name>Churn by month', '<name>', /name is empty/],
  // values and lengths
  [
    'an unknown format',
    REPORT,
    '<format>Summary',
    '<format>Pretty',
    /format does not know the value "Pretty"/,
  ],
  ['an unknown chart type', REPORT, 'VerticalColumnLine', 'ColumnLine', /chartType does not know/],
  ['an unknown order', REPORT, '<sortOrder>Asc', '<sortOrder>Up', /sortOrder does not know/],
  [
    'an unknown granularity',
    DATED,
    'Month</dateGranularity>',
    'Moon</dateGranularity>',
    /dateGranularity does not know/,
  ],
  ['an unknown operator', REPORT, '<operator>equals', '<operator>is', /operator does not know/],
  ['an unknown axis', REPORT, '<axisBinding>y<', '<axisBinding>left<', /axisBinding does not know/],
  [
    'an unknown summary',
    REPORT,
    '<aggregateTypes>Maximum',
    '<aggregateTypes>Most',
    /aggregateTypes does not know/,
  ],
  ['an unknown category', TYPE, '<category>other', '<category>metrics', /category does not know/],
  [
    'an unknown part of a dashboard',
    BOARD,
    '<componentType>FlexTable',
    '<componentType>Grid',
    /componentType does not know/,
  ],
  ['an unknown kind of dashboard', BOARD, 'LoggedInUser', 'Everybody', /dashboardType does not know/],
  [
    'a report name over 40 characters',
    REPORT,
    '<name>Churn by month',
    `<name>${'x'.repeat(41)}`,
    /name has 41 characters; 40/,
  ],
  [
    'a description over 255',
    REPORT,
    '<description>',
    `<description>${LONG}`,
    /description has \d+ characters; 255/,
  ],
  ['a type label over 50', TYPE, '<label>', `<label>${'x'.repeat(50)}`, /label has \d+ characters; 50/],
  ['a title over 80', BOARD, '<title>Churn', `<title>${'x'.repeat(81)}`, /title has 81 characters; 80/],
  ['a header over 40', BOARD, '<header>', `<header>${'x'.repeat(40)}`, /header has \d+ characters; 40/],
  // report types
  [
    'an object that is nowhere',
    TYPE,
    '<baseObject>Program_Metric__c',
    '<baseObject>Nowhere__c',
    /There is no object Nowhere__c/,
  ],
  [
    'a relationship that is nowhere',
    JOINED,
    '<relationship>Health_Snapshots__r',
    '<relationship>Nowhere__r',
    /Account has no child relationship Nowhere__r/,
  ],
  [
    'a table that is not joined',
    JOINED,
    '<table>Account.Health_Snapshots__r',
    '<table>Account.Advocates__r',
    /neither the base object nor joined/,
  ],
  [
    'a field that is nowhere',
    TYPE,
    '<field>Value__c',
    '<field>Worth__c',
    /Program_Metric__c has no field Worth__c/,
  ],
  [
    'a field of the other table',
    JOINED,
    '<field>Band__c',
    '<field>Truenorth_Band__c',
    /Health_Snapshot__c has no field Truenorth_Band__c/,
  ],
  [
    'a column twice',
    TYPE,
    '<field>Value__c',
    '<field>Unit__c',
    /The column Program_Metric__c\$Unit__c stands there twice/,
  ],
  // reports
  [
    'a type that is nowhere',
    REPORT,
    'Truenorth_Program_Metrics__c',
    'Nowhere__c',
    /There is no report type Nowhere__c/,
  ],
  [
    'a type without its ending',
    REPORT,
    'Truenorth_Program_Metrics__c',
    'Truenorth_Program_Metrics',
    /There is no report type/,
  ],
  [
    'a column that the type lacks',
    REPORT,
    '<field>Program_Metric__c$Met__c',
    '<field>Program_Metric__c$Worth__c',
    /no column Program_Metric__c\$Worth__c/,
  ],
  [
    'a column that is grouped by',
    REPORT,
    '<field>Program_Metric__c$Met__c',
    '<field>Program_Metric__c$Period__c',
    /is grouped by, so it can't be a column/,
  ],
  [
    'a column that stands twice',
    REPORT,
    '<field>Program_Metric__c$Met__c',
    '<field>Program_Metric__c$Sample__c',
    /Sample__c stands there twice/,
  ],
  [
    'a sum of texts',
    REPORT,
    /<field>Program_Metric__c\$Met__c/,
    '<aggregateTypes>Sum</aggregateTypes>$&',
    /Met__c is a Text: only numbers/,
  ],
  [
    'a grouping that the type lacks',
    TABLE,
    /(<groupingsDown>[\s\S]*?)Period__c/,
    '$1Epoch__c',
    /no column Program_Metric__c\$Epoch__c to group by/,
  ],
  [
    'a grouping by a long text',
    TABLE,
    /(<groupingsDown>[\s\S]*?)Period__c/,
    '$1Definition__c',
    /too long to group by/,
  ],
  [
    'a grouping twice',
    MATRIX,
    /(<groupingsAcross>[\s\S]*?)Tier__c/,
    '$1Period__c',
    /groups by Program_Metric__c\$Period__c twice/,
  ],
  [
    'a text grouped by month',
    TABLE,
    '<dateGranularity>Day',
    '<dateGranularity>Month',
    /only dates are grouped by Month/,
  ],
  [
    'a summary without a grouping',
    TABLE,
    /<groupingsDown>[\s\S]*<\/groupingsDown>/,
    '',
    /Summary report groups down at least once/,
  ],
  [
    'a matrix with one side',
    MATRIX,
    /<groupingsAcross>[\s\S]*<\/groupingsAcross>/,
    '',
    /Matrix report groups down and across/,
  ],
  ['a tabular report with a grouping', TABLE, '<format>Summary', '<format>Tabular', /fewer groupings/],
  [
    'a time frame on no column',
    REPORT,
    '<dateColumn>Program_Metric__c$CreatedDate',
    '<dateColumn>CREATED_DATE',
    /no column CREATED_DATE for the time frame/,
  ],
  [
    'a time frame on a text',
    REPORT,
    '<dateColumn>Program_Metric__c$CreatedDate',
    '<dateColumn>Program_Metric__c$Unit__c',
    /the time frame needs a date/,
  ],
  // charts
  [
    'a chart by what is not grouped',
    REPORT,
    '<groupingColumn>Program_Metric__c$Period__c',
    '<groupingColumn>Program_Metric__c$Tier__c',
    /The chart groups by Program_Metric__c\$Tier__c/,
  ],
  [
    'a second grouping too much',
    REPORT,
    '<showAxisLabels>',
    '<secondaryGroupingColumn>Program_Metric__c$Period__c</secondaryGroupingColumn><showAxisLabels>',
    /has no second grouping/,
  ],
  [
    'a second grouping too few',
    MATRIX,
    /<secondaryGroupingColumn>.*<\/secondaryGroupingColumn>/,
    '',
    /needs a second grouping/,
  ],
  [
    'a chart of a column that is not there',
    REPORT,
    /(<chartSummaries>[\s\S]*?)\$Value__c/,
    '$1$Baseline__c',
    /Baseline__c is drawn, but it is no column/,
  ],
  [
    'a chart of another summary',
    REPORT,
    '<aggregate>Maximum',
    '<aggregate>Sum',
    /is drawn as Sum, but the report does not work that out/,
  ],
  [
    'a summary of the row count',
    DATED,
    '<axisBinding>',
    '<aggregate>Sum</aggregate><axisBinding>',
    /RowCount has no summary/,
  ],
  [
    'a combination of one value',
    REPORT,
    /<chartSummaries>[\s\S]*?<\/chartSummaries>/,
    '',
    /needs a second value to draw as a line/,
  ],
  ['columns on the second axis', REPORT, '<axisBinding>y<', '<axisBinding>y2<', /axes y2, y do not fit/],
  ['a second axis in a plain chart', MATRIX, '<axisBinding>y<', '<axisBinding>y2<', /axes y2 do not fit/],
  // filters
  [
    'a filter on what the type lacks',
    REPORT,
    '<column>Program_Metric__c$Metric__c',
    '<column>Program_Metric__c$Worth__c',
    /no column Program_Metric__c\$Worth__c to filter by/,
  ],
  [
    'a filter on a long text',
    REPORT,
    '<column>Program_Metric__c$Metric__c',
    '<column>Program_Metric__c$Definition__c',
    /too long to filter by/,
  ],
  [
    'a tick that is none',
    TABLE,
    '<value>1</value>',
    '<value>yes</value>',
    /Current__c is a Checkbox: it can't be "yes"/,
  ],
  [
    'a day that is none',
    REPORT,
    'LAST_N_MONTHS:24',
    'LAST_24_MONTHS',
    /Period_Start__c is a Date: it can't be/,
  ],
  [
    'a text that is more than another',
    REPORT,
    '<operator>equals',
    '<operator>greaterThan',
    /not more or less than anything/,
  ],
  ['a comparison with nothing', REPORT, '<value>LAST_N_MONTHS:24', '<value>', /compared with nothing/],
  ['a gap in a list of values', REPORT, '<value>churn', '<value>churn,,nps', /gap in its values/],
  // dashboards
  [
    'a report that is nowhere',
    BOARD,
    'Truenorth_Reports/Churn_by_month',
    'Truenorth_Reports/Nowhere',
    /There is no report Truenorth_Reports\/Nowhere/,
  ],
  ['a part beyond the grid', BOARD, '<colSpan>8', '<colSpan>13', /beyond the 12 columns/],
  ['a part over another', BOARD, '<columnIndex>8', '<columnIndex>7', /lies over another one/],
  ['a part without size', BOARD, '<colSpan>8', '<colSpan>0', /has no size/],
  [
    'a user that is not named',
    BOARD,
    'LoggedInUser',
    'SpecifiedUser',
    /runs as a named user, but names none/,
  ],
  [
    'a user that is not asked for',
    BOARD,
    '<textColor>',
    '<runningUser>a@example.com</runningUser><textColor>',
    /runs as whoever looks, but names a user/,
  ],
  [
    'a chart without its axis range',
    BOARD,
    '<chartAxisRange>Auto</chartAxisRange>',
    '',
    /A chart needs chartAxisRange/,
  ],
  ['a chart without its order', BOARD, /<sortBy>.*<\/sortBy>/, '', /A chart needs sortBy/],
  [
    'a chart of its own',
    BOARD,
    '<useReportChart>true',
    '<useReportChart>false',
    /is the one that its report has/,
  ],
  [
    'another chart than the report’s',
    BOARD,
    '<componentType>ColumnLine',
    '<componentType>Line',
    /Line is not what/,
  ],
  [
    'a chart that the report lacks',
    BOARD,
    'Truenorth_Reports/Churn_by_month',
    'Truenorth_Reports/Churn_met_or_not_met',
    /has no chart to show/,
  ],
  [
    'a table of what the report lacks',
    BOARD,
    '<reportColumn>Program_Metric__c.Met__c',
    '<reportColumn>Program_Metric__c.Period__c',
    /has no column Program_Metric__c.Period__c/,
  ],
  [
    'a table in the report’s own notation',
    BOARD,
    '<reportColumn>Program_Metric__c.Met__c',
    '<reportColumn>Program_Metric__c$Met__c',
    /has no column Program_Metric__c\$Met__c/,
  ],
  [
    'a table sorted by what it hides',
    BOARD,
    '<sortColumn>Program_Metric__c.Tier__c',
    '<sortColumn>Program_Metric__c.Band__c',
    /sorted by Program_Metric__c.Band__c, which it does not show/,
  ],
  [
    'values on a table',
    BOARD,
    /<report>Truenorth_Reports\/Churn_met_or_not_met<\/report>/,
    '$&<showValues>true</showValues>',
    /showValues is for charts/,
  ],
  [
    'a number without its colours',
    SYNC,
    /<indicatorLowColor>.*<\/indicatorLowColor>/,
    '',
    /A number needs indicatorLowColor/,
  ],
  ['a number of nothing', SYNC, /<chartSummary>[\s\S]*?<\/chartSummary>/, '', /needs to say what it shows/],
  [
    'a number that the report lacks',
    SYNC,
    '<column>RowCount',
    '<column>Sync_Error__c$Attempts__c',
    /is drawn, but it is no column/,
  ],
  [
    'a folder without a name',
    'ReportFolder Truenorth_Reports',
    /<name>.*<\/name>/,
    '',
    /ReportFolder lacks name/,
  ],
];

describe('the check of analytics', () => {
  it('has nothing against what we ship', () => {
    expect(checkAnalytics(readAll(TEXTS), WORLD)).toEqual([]);
  });

  it.each(MUTATIONS)('refuses %s', (_rule, key, from, to, sentence) => {
    const problems = checkAnalytics(readAll(changed(key, from, to)), WORLD);

    const [type, name] = key.split(' ');
    expect(problems).toContainEqual(
      expect.objectContaining({ file: key, type, name, sentence: expect.stringMatching(sentence) }),
    );
  });

  it('says in which line', () => {
    const [problem] = checkAnalytics(readAll(changed(REPORT, '<format>Summary', '<format>Pretty')), WORLD);

    const lines = (TEXTS.get(REPORT) ?? '').split('\n');
    expect(lines[(problem?.line ?? 0) - 1]).toContain('<format>');
  });

  it.each([
    ['Report Truenorth_Reports/No__where', /No__where is no developer name/],
    ['Report Nowhere/Churn', /There is no folder Nowhere/],
    ['Report Churn', /Churn is no name for a Report/],
    ['Dashboard Truenorth_Reports/Churn', /There is no folder Truenorth_Reports/],
  ])('refuses the name of %s', (key, sentence) => {
    const like = key.startsWith('Report') ? REPORT : BOARD;
    const problems = checkAnalytics(readAll(new Map([...TEXTS, [key, TEXTS.get(like) ?? '']])), WORLD);

    expect(problems.map((one) => one.sentence)).toEqual([expect.stringMatching(sentence)]);
  });

  it('refuses a dashboard of more than twenty parts', () => {
    const part =
      /<dashboardGridComponents>[\s\S]*?<\/dashboardGridComponents>/.exec(TEXTS.get(BOARD) ?? '')?.[0] ?? '';
    const many = Array.from({ length: 21 }, (_, index) =>
      part.replace(/<rowIndex>\d+/, `<rowIndex>${100 + index * 8}`),
    );

    const problems = checkAnalytics(readAll(changed(BOARD, part, many.join('\n'))), WORLD);

    expect(problems.map((one) => one.sentence)).toEqual(['A dashboard has at most 20 parts.']);
  });
});
