import type { CrmMapping } from '../../ports/mapping.js';
import type { OrgModel } from '../../ports/org-model.js';
import { accountColumns } from './account-columns.js';
import { accountReports } from './account-reports.js';
import { besideHeadlines, furtherDashboards } from './further.js';
import { headlineDashboards } from './headlines.js';
import { dashboardFrom, reportFrom } from './report-draft.js';
import { reportTypes } from './report-types.js';

/**
 * Report types, reports and dashboards for a mapping. What needs an account field that the mapping lacks is left
 * out. `runningUser`: the user name under whose rights dashboards run; null = whoever looks, which orgs limit to
 * a few dashboards. Pure.
 */
export function analytics(
  mapping: CrmMapping,
  { runningUser }: { readonly runningUser: string | null },
): Pick<OrgModel, 'reportTypes' | 'reports' | 'dashboards'> {
  const account = accountColumns(mapping);
  const accounts = accountReports(account);
  const drafts = [...headlineDashboards(besideHeadlines(accounts)), ...furtherDashboards(accounts)];
  const reports = drafts.flatMap(({ parts }) => parts.map(({ report }) => reportFrom(report)));
  return {
    reportTypes: reportTypes(account),
    reports: [...new Map(reports.map((report) => [report.name, report])).values()],
    dashboards: drafts.map((draft) => dashboardFrom(draft, runningUser)),
  };
}
