import type { Kind } from '../deploy/component.js';
import { CUSTOM_FIELD } from './custom-field.js';
import { CUSTOM_OBJECT } from './custom-object.js';
import { DASHBOARD, DASHBOARD_FOLDER } from './dashboard.js';
import { LIGHTNING_COMPONENT } from './lightning-component.js';
import { COMPACT_LAYOUT, LIST_VIEW, VALIDATION_RULE } from './object-children.js';
import { CUSTOM_TAB, FLEXI_PAGE, LAYOUT } from './pages.js';
import { PERMISSION_SET } from './permission-set.js';
import { QUICK_ACTION } from './quick-action.js';
import { REPORT, REPORT_FOLDER } from './report.js';
import { REPORT_TYPE } from './report-type.js';

/** Every type that can be deployed, in the order in which one may refer to another. */
const IN_ORDER: readonly Kind[] = [
  CUSTOM_OBJECT,
  CUSTOM_FIELD,
  VALIDATION_RULE,
  COMPACT_LAYOUT,
  LIST_VIEW,
  QUICK_ACTION,
  LAYOUT,
  REPORT_TYPE,
  REPORT_FOLDER,
  REPORT,
  DASHBOARD_FOLDER,
  DASHBOARD,
  LIGHTNING_COMPONENT,
  FLEXI_PAGE,
  CUSTOM_TAB,
  PERMISSION_SET,
];

export const KINDS: ReadonlyMap<string, Kind> = new Map(IN_ORDER.map((kind) => [kind.type, kind]));

const RANK = new Map(IN_ORDER.map((kind, index) => [kind.type, index]));

export function rankOf(type: string): number {
  return RANK.get(type) ?? IN_ORDER.length;
}

/** Where a file belongs: its type, its full name and the root element that it must have. */
export interface FilePlace {
  readonly type: string;
  readonly fullName: string;
  readonly root: string;
}

const FOLDERS: Readonly<Record<string, string>> = { reports: 'ReportFolder', dashboards: 'DashboardFolder' };

/** `objects/Account.object`, `reports/Health/By_Tier.report`, `reports/Health-meta.xml`. */
export function kindOfFile(path: string): FilePlace | undefined {
  const folder = path.slice(0, path.indexOf('/'));
  const rest = path.slice(folder.length + 1);
  const folderType = FOLDERS[folder];
  if (folderType !== undefined && rest.endsWith('-meta.xml')) {
    return { type: folderType, fullName: rest.replace(/-meta\.xml$/, ''), root: folderType };
  }
  // `lwc/health/health.js-meta.xml`: a bundle is named by its folder.
  if (folder === 'lwc' && rest.endsWith('.js-meta.xml')) {
    const [fullName = ''] = rest.split('/');
    return { type: 'LightningComponentBundle', fullName, root: 'LightningComponentBundle' };
  }
  const kind = IN_ORDER.find((one) => one.folder === folder && rest.endsWith(`.${one.suffix}`));
  if (!kind) return undefined;
  return { type: kind.type, fullName: rest.slice(0, -kind.suffix.length - 1), root: kind.type };
}
