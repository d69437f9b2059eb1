/** Where components of a type lie, in a package and in a source folder. */
export interface Place {
  readonly folder: string;
  readonly suffix: string;
  /** `part` lies in its object's file, `bundle` is a folder of files, `foldered` and `folder` are analytics. */
  readonly layout: 'file' | 'part' | 'bundle' | 'foldered' | 'folder';
  /** The type's element within an object's file. */
  readonly element: string | null;
  /** Under which type a manifest names it. */
  readonly member: string;
}

function file(folder: string, suffix: string, layout: Place['layout'] = 'file'): Omit<Place, 'member'> {
  return { folder, suffix, layout, element: null };
}

/** A part's folder is the one inside its object's folder, in a source tree. */
function part(element: string, suffix: string): Omit<Place, 'member'> {
  return { folder: element, suffix, layout: 'part', element };
}

const BY_TYPE: Readonly<Record<string, Omit<Place, 'member'>>> = {
  CustomObject: file('objects', 'object'),
  CustomField: part('fields', 'field'),
  ListView: part('listViews', 'listView'),
  CompactLayout: part('compactLayouts', 'compactLayout'),
  CustomTab: file('tabs', 'tab'),
  QuickAction: file('quickActions', 'quickAction'),
  Layout: file('layouts', 'layout'),
  LightningComponentBundle: file('lwc', 'js', 'bundle'),
  FlexiPage: file('flexipages', 'flexipage'),
  PermissionSet: file('permissionsets', 'permissionset'),
  ReportType: file('reportTypes', 'reportType'),
  ReportFolder: file('reports', 'reportFolder', 'folder'),
  Report: file('reports', 'report', 'foldered'),
  DashboardFolder: file('dashboards', 'dashboardFolder', 'folder'),
  Dashboard: file('dashboards', 'dashboard', 'foldered'),
};

export const PLACES: ReadonlyMap<string, Place> = new Map(
  Object.entries(BY_TYPE).map(([type, place]) => [
    type,
    { ...place, member: place.layout === 'folder' ? type.replace(/Folder$/, '') : type },
  ]),
);

export function placeOf(type: string): Place {
  const place = PLACES.get(type);
  if (place === undefined) throw new RangeError(`no place for components of type ${type}`);
  return place;
}
