import type { OrgPart } from '../../../ports/crm-installer.js';

/** What people call a kind of part: one, and many. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  CompactLayout: ['compact layout', 'compact layouts'],
  CustomField: ['field', 'fields'],
  CustomObject: ['object', 'objects'],
  CustomTab: ['tab', 'tabs'],
  Dashboard: ['dashboard', 'dashboards'],
  DashboardFolder: ['dashboard folder', 'dashboard folders'],
  FlexiPage: ['record page', 'record pages'],
  Layout: ['page layout', 'page layouts'],
  LightningComponentBundle: ['page component', 'page components'],
  ListView: ['list view', 'list views'],
  PermissionSet: ['permission set', 'permission sets'],
  QuickAction: ['button', 'buttons'],
  Report: ['report', 'reports'],
  ReportFolder: ['report folder', 'report folders'],
  ReportType: ['report type', 'report types'],
};

/** `field Account.Truenorth_Score__c`. */
export function partName({ type, name }: OrgPart): string {
  return `${KINDS[type]?.[0] ?? type} ${name}`;
}

/** One line a kind: `3 objects: A, B, C`; on fields of an object, one line an object. */
export function countedByType(parts: readonly OrgPart[]): readonly string[] {
  const groups = Map.groupBy(parts, ({ type, name }) =>
    type === 'CustomField' ? `${type} ${name.slice(0, name.indexOf('.'))}` : type,
  );
  return [...groups].map(([group, members]) => {
    const [type = '', object] = group.split(' ');
    const [one, many] = KINDS[type] ?? [type, type];
    const names = members.map(({ name }) => (object === undefined ? name : name.slice(object.length + 1)));
    const on = object === undefined ? '' : ` on ${object}`;
    return `${members.length} ${members.length === 1 ? one : many}${on}: ${names.join(', ')}`;
  });
}
