import type { OrgModel } from '../../../../ports/org-model.js';
import { type Component, elements } from './element.js';
import { renderDashboard } from './render-dashboard.js';
import { renderReport } from './render-report.js';
import { renderReportType } from './render-report-type.js';

type Analytics = Pick<OrgModel, 'reportTypes' | 'reports' | 'dashboards'>;

/** Report types, reports and dashboards as components, each after what it refers to. */
export function renderAnalytics({ reportTypes, reports, dashboards }: Analytics): readonly Component[] {
  const bases = new Map(reportTypes.map(({ name, object }) => [name, object]));
  const byName = new Map(reports.map((report) => [`${report.folder}/${report.name}`, report]));
  return [
    ...reportTypes.map(renderReportType),
    ...folders('ReportFolder', reports),
    ...reports.map((report) => renderReport(report, bases.get(report.type) ?? '')),
    ...folders('DashboardFolder', dashboards),
    ...dashboards.map((dashboard) => renderDashboard(dashboard, byName)),
  ];
}

/** Seen by everybody in the company; what stands in the records is for whoever may read those. */
function folders(type: string, inside: readonly { readonly folder: string }[]): readonly Component[] {
  return [...new Set(inside.map(({ folder }) => folder))].map((folder) => ({
    type,
    fullName: folder,
    content: elements({
      folderShares: [
        elements({ accessLevel: 'View', sharedTo: 'AllInternalUsers', sharedToType: 'Organization' }),
      ],
      name: folder.replaceAll('_', ' '),
    }),
  }));
}
