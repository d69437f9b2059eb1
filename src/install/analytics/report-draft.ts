import type { Dashboard, DashboardPart, Report, ReportChart } from '../../ports/org-model.js';

const REPORT_FOLDER = 'Truenorth_Reports';
const DASHBOARD_FOLDER = 'Truenorth_Dashboards';

/** `text` says what it shows, for which period, and how it is defined. */
export interface ReportDraft {
  readonly label: string;
  readonly text: string;
  readonly type: string;
  readonly columns: Report['columns'];
  readonly down?: Report['down'];
  readonly across?: Report['across'];
  readonly filters?: Report['filters'];
  readonly chart?: ReportChart;
}

export function reportFrom(draft: ReportDraft): Report {
  return {
    folder: REPORT_FOLDER,
    name: developerName(draft.label),
    label: draft.label,
    description: draft.text,
    type: draft.type,
    columns: draft.columns,
    down: draft.down ?? [],
    across: draft.across ?? [],
    filters: draft.filters ?? [],
    chart: draft.chart ?? null,
  };
}

/** `Time to first value: target` -> `Time_to_first_value_target`. */
function developerName(label: string): string {
  return label
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, 'N');
}

/** Half a row of a dashboard, drawn as the report’s chart. */
export function drawn(header: string, footer: string, report: ReportDraft): PartDraft {
  return { header, footer, report, show: 'chart', width: 6 };
}

/** A chart whose columns are the first value, and whose lines are the others where it is a combination. */
export function chartOf(
  report: Pick<ReportDraft, 'columns'>,
  kind: ReportChart['kind'],
  by: { readonly title: string; readonly groupBy: string; readonly thenBy?: string },
): ReportChart {
  const summed = report.columns.flatMap(({ field, summary }) =>
    summary === null ? [] : [{ field, summary }],
  );
  const told = kind === 'combination' ? summed.slice(0, 2) : summed.slice(0, 1);
  const values = told.length === 0 ? [{ field: ROW_COUNT, summary: 'sum' }] : told;
  return {
    kind,
    title: by.title,
    groupBy: by.groupBy,
    thenBy: by.thenBy ?? null,
    values: values.map((value, index) => ({ ...value, line: kind === 'combination' && index > 0 })),
  };
}

/** What reports call the number of their rows. */
const ROW_COUNT = 'RowCount';

export interface PartDraft {
  readonly header: string;
  readonly footer: string;
  readonly report: ReportDraft;
  readonly show: DashboardPart['show'];
  /** Of twelve columns. */
  readonly width: number;
}

export interface DashboardDraft {
  readonly title: string;
  /** What it answers. */
  readonly text: string;
  readonly parts: readonly PartDraft[];
}

const COLUMNS = 12;
const HEIGHTS: Readonly<Record<DashboardPart['show'], number>> = { chart: 8, table: 8, number: 4 };

export function dashboardFrom(draft: DashboardDraft, runAs: string | null): Dashboard {
  return {
    folder: DASHBOARD_FOLDER,
    name: developerName(draft.title),
    title: draft.title,
    description: draft.text,
    runAs,
    parts: placed(draft.parts),
  };
}

/** Side by side while there is room; a row is as high as its highest part. */
function placed(parts: readonly PartDraft[]): readonly DashboardPart[] {
  let row = 0;
  let column = 0;
  let highest = 0;
  return parts.map(({ header, footer, report, show, width }) => {
    if (column + width > COLUMNS) {
      row += highest;
      column = 0;
      highest = 0;
    }
    const height = HEIGHTS[show];
    const at = { row, column, width, height };
    column += width;
    highest = Math.max(highest, height);
    return { header, footer, report: `${REPORT_FOLDER}/${developerName(report.label)}`, show, ...at };
  });
}
