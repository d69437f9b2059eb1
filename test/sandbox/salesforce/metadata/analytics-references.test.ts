import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aPackage,
  deploy,
  type MetadataServer,
  metadataFile,
  objectWith,
  SCORE,
  startMetadataServer,
} from './metadata-server.js';

const column = (table: string, field: string): string =>
  `<columns><checkedByDefault>true</checkedByDefault><field>${field}</field><table>${table}</table></columns>`;

const TYPE = metadataFile(
  'ReportType',
  `<baseObject>Account</baseObject><category>accounts</category><deployed>true</deployed>
  <join><outerJoin>false</outerJoin><relationship>Opportunities</relationship></join>
  <label>Accounts and deals</label>
  <sections>${column('Account', 'Name')}${column('Account', 'Industry')}${column('Account', 'Score__c')}
  ${column('Account', 'Description')}${column('Account', 'CreatedDate')}<masterLabel>Accounts</masterLabel></sections>
  <sections>${column('Account.Opportunities', 'Amount')}${column('Account.Opportunities', 'CloseDate')}
  ${column('Account.Opportunities', 'IsWon')}${column('Account.Opportunities', 'StageName')}
  <masterLabel>Deals</masterLabel></sections>`,
);

const REPORT = metadataFile(
  'Report',
  `<chart>
    <chartSummaries><aggregate>Sum</aggregate><axisBinding>y</axisBinding><column>Account.Opportunities$Amount</column></chartSummaries>
    <chartSummaries><aggregate>Average</aggregate><axisBinding>y2</axisBinding><column>Account$Score__c</column></chartSummaries>
    <chartType>VerticalColumnLine</chartType>
    <groupingColumn>Account$Industry</groupingColumn>
  </chart>
  <columns><aggregateTypes>Sum</aggregateTypes><field>Account.Opportunities$Amount</field></columns>
  <columns><aggregateTypes>Average</aggregateTypes><field>Account$Score__c</field></columns>
  <columns><field>Account$Name</field></columns>
  <filter>
    <criteriaItems><column>Account.Opportunities$IsWon</column><operator>equals</operator><value>1</value></criteriaItems>
    <criteriaItems><column>Account.Opportunities$CloseDate</column><operator>greaterOrEqual</operator><value>LAST_N_MONTHS:12</value></criteriaItems>
    <criteriaItems><column>Account$Score__c</column><operator>lessThan</operator><value>50</value></criteriaItems>
  </filter>
  <format>Summary</format>
  <groupingsDown><dateGranularity>Day</dateGranularity><field>Account$Industry</field><sortOrder>Asc</sortOrder></groupingsDown>
  <name>Deals won</name>
  <reportType>Deals__c</reportType>
  <timeFrameFilter><dateColumn>Account$CreatedDate</dateColumn><interval>INTERVAL_CUSTOM</interval></timeFrameFilter>`,
);

const part = (row: number, inside: string): string =>
  `<dashboardGridComponents><colSpan>6</colSpan><columnIndex>0</columnIndex>
  <dashboardComponent>${inside}</dashboardComponent><rowIndex>${row}</rowIndex><rowSpan>4</rowSpan></dashboardGridComponents>`;

const CHART = `<autoselectColumnsFromReport>true</autoselectColumnsFromReport><chartAxisRange>Auto</chartAxisRange>
  <componentType>ColumnLine</componentType><report>Deals/Won</report><sortBy>RowLabelAscending</sortBy>
  <useReportChart>true</useReportChart>`;
const NUMBER = `<chartSummary><aggregate>Sum</aggregate><column>Account.Opportunities$Amount</column></chartSummary>
  <componentType>Metric</componentType><indicatorHighColor>#000000</indicatorHighColor>
  <indicatorLowColor>#000000</indicatorLowColor><indicatorMiddleColor>#000000</indicatorMiddleColor>
  <report>Deals/Won</report>`;
const TABLE = `<componentType>FlexTable</componentType><flexComponentProperties>
  <flexTableColumn><reportColumn>Account.Name</reportColumn><type>detail</type></flexTableColumn>
  <flexTableColumn><reportColumn>s!Account.Opportunities.Amount</reportColumn><type>aggregate</type></flexTableColumn>
  <flexTableSortInfo><sortColumn>Account.Name</sortColumn><sortOrder>1</sortOrder></flexTableSortInfo>
  </flexComponentProperties><report>Deals/Won</report>`;

const BOARD = metadataFile(
  'Dashboard',
  `<backgroundEndColor>#FFFFFF</backgroundEndColor><backgroundFadeDirection>Diagonal</backgroundFadeDirection>
  <backgroundStartColor>#FFFFFF</backgroundStartColor>
  <dashboardGridLayout>${part(0, CHART)}${part(4, NUMBER)}${part(8, TABLE)}
  <numberOfColumns>12</numberOfColumns><rowHeight>36</rowHeight></dashboardGridLayout>
  <dashboardType>LoggedInUser</dashboardType><isGridLayout>true</isGridLayout><textColor>#000000</textColor>
  <title>Deals</title><titleColor>#000000</titleColor><titleSize>12</titleSize>`,
);

const FILES = {
  'objects/Account.object': objectWith(SCORE),
  'reportTypes/Deals.reportType': TYPE,
  'reports/Deals-meta.xml': metadataFile('ReportFolder', '<name>Deals</name>'),
  'reports/Deals/Won.report': REPORT,
  'dashboards/Deals-meta.xml': metadataFile('DashboardFolder', '<name>Deals</name>'),
  'dashboards/Deals/Deals.dashboard': BOARD,
};
const MEMBERS = {
  CustomField: ['Account.Score__c'],
  ReportType: ['Deals'],
  Report: ['Deals', 'Deals/Won'],
  Dashboard: ['Deals', 'Deals/Deals'],
};
const R = 'reports/Deals/Won.report';
const D = 'dashboards/Deals/Deals.dashboard';
type Case = readonly [
  rule: string,
  file: typeof R | typeof D,
  from: string | RegExp,
  to: string,
  problem: string | RegExp,
];

describe('what reports and dashboards refer to', () => {
  let server: MetadataServer;
  beforeAll(async () => {
    server = await startMetadataServer();
  });
  afterAll(() => server.close());

  async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
    const { details } = await deploy(server, aPackage(MEMBERS, files), { checkOnly: true });
    return details.componentFailures.map((one) => one.problem);
  }

  it('is taken where it fits', async () => {
    expect(await problemsOf(FILES)).toEqual([]);
  });

  it.each<Case>([
    [
      'a column',
      R,
      '<field>Account$Name',
      '<field>Account$Fax',
      'columns-field: Invalid value specified: Account$Fax',
    ],
    [
      'a column that is grouped by',
      R,
      '<field>Account$Name',
      '<field>Account$Industry',
      "You can't include groupings in the selected columns list: Account$Industry",
    ],
    [
      'a summary of texts',
      R,
      '<field>Account$Name',
      '<aggregateTypes>Sum</aggregateTypes><field>Account$Name',
      'columns-aggregateTypes: Invalid value specified: Account$Name',
    ],
    [
      'a grouping',
      R,
      '<field>Account$Industry',
      '<field>Account$Fax',
      'Grouping: Invalid value specified: Account$Fax',
    ],
    [
      'a filter',
      R,
      '<column>Account.Opportunities$IsWon',
      '<column>Account.Opportunities$IsLost',
      'filters-criteriaItems-column: Invalid value specified: Account.Opportunities$IsLost',
    ],
    [
      'a filter on a long text',
      R,
      '<column>Account.Opportunities$IsWon',
      '<column>Account$Description',
      'filters-criteriaItems-value: Invalid value specified: 1',
    ],
    [
      'the value of a tick',
      R,
      '<value>1<',
      '<value>2<',
      'filters-criteriaItems-value: Invalid value specified: 2',
    ],
    [
      'the value of a date',
      R,
      'LAST_N_MONTHS:12',
      'LAST_12_MONTHS',
      'filters-criteriaItems-value: Invalid value specified: LAST_12_MONTHS',
    ],
    [
      'the value of a number',
      R,
      '<value>50',
      '<value>half',
      'filters-criteriaItems-value: Invalid value specified: half',
    ],
    ['an operator', R, '<operator>equals', '<operator>is', /enum 'FilterOperation'/],
    [
      'a time frame',
      R,
      '<dateColumn>Account$CreatedDate',
      '<dateColumn>CREATED_DATE',
      'timeFrameFilter-dateColumn: Invalid value specified: CREATED_DATE',
    ],
    [
      'the grouping of a chart',
      R,
      '<groupingColumn>Account$Industry',
      '<groupingColumn>Account$Name',
      'chart-grouping: Invalid value specified: Account$Name',
    ],
    [
      'a chart of what is not summed up',
      R,
      '<aggregate>Average',
      '<aggregate>Maximum',
      'chart-summary: Invalid value specified: Account$Score__c',
    ],
    ['a chart type', R, 'VerticalColumnLine', 'ColumnLine', /enum 'ChartType'/],
    [
      'a combination of one value',
      R,
      /<chartSummaries>[\s\S]*?<\/chartSummaries>/,
      '',
      /needs a summary for its line/,
    ],
    ['columns on the second axis', R, '<axisBinding>y<', '<axisBinding>y2<', /axisBinding does not fit/],
    [
      'a grouped chart of one grouping',
      R,
      'VerticalColumnLine',
      'VerticalColumnGrouped',
      /secondaryGroupingColumn is required/,
    ],
    ['a long name', R, '<name>Deals won', `<name>${'x'.repeat(41)}`, /Name maximum length is:40/],
    [
      'a long description',
      R,
      '<filter>',
      `<description>${'x'.repeat(256)}</description><filter>`,
      /Description maximum length is:255/,
    ],
    [
      'the report of a part',
      D,
      '<report>Deals/Won',
      '<report>Deals/Lost',
      'In field: report - no Report named Deals/Lost found',
    ],
    [
      'a chart without its order',
      D,
      /<sortBy>.*?<\/sortBy>/,
      '',
      'Chart dashboard components require the sortBy attribute',
    ],
    [
      'a chart without its axis range',
      D,
      /<chartAxisRange>.*?<\/chartAxisRange>/,
      '',
      'Chart dashboard components require the chartAxisRange attribute',
    ],
    [
      'a number without its colours',
      D,
      /<indicatorLowColor>.*?<\/indicatorLowColor>/,
      '',
      'Metric dashboard components require the indicatorLowColor attribute',
    ],
    [
      'a number of what is not summed up',
      D,
      '<aggregate>Sum',
      '<aggregate>Maximum',
      /chartSummary-column: Invalid value specified/,
    ],
    [
      'a part that is none',
      D,
      '<componentType>Metric',
      '<componentType>Number',
      /enum 'DashboardComponentType'/,
    ],
    [
      'a column of a table',
      D,
      '<reportColumn>Account.Name',
      '<reportColumn>Account$Name',
      'invalid field: Account$Name',
    ],
    ['a summary of a table', D, 's!Account', 'a!Account', 'invalid field: a!Account.Opportunities.Amount'],
    [
      'a user that is nowhere',
      D,
      'LoggedInUser</dashboardType><isGridLayout>true</isGridLayout>',
      'SpecifiedUser</dashboardType><isGridLayout>true</isGridLayout><runningUser>nobody@example.com</runningUser>',
      'In field: runningUser - no User named nobody@example.com found',
    ],
    [
      'a named user without a name',
      D,
      'LoggedInUser',
      'SpecifiedUser',
      'In field: runningUser - no User named  found',
    ],
  ])('is refused for %s', async (_rule, file, from, to, problem) => {
    const changed = FILES[file].replace(from, () => to);
    expect(changed).not.toBe(FILES[file]);

    const found = await problemsOf({ ...FILES, [file]: changed });

    expect(found).toContainEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });
});
