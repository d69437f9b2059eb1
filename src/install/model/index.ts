import type { CrmMapping } from '../../ports/mapping.js';
import type { OrgModel } from '../../ports/org-model.js';
import { accountModel } from './account.js';
import { permissionSets } from './permission-sets.js';
import { fieldsOf, objectOf, RECORD_KINDS } from './records.js';

/** Everything of ours that an org should hold for a mapping. Pure. */
export function orgModel(mapping: CrmMapping): OrgModel {
  const account = accountModel(mapping);
  const recordFields = RECORD_KINDS.flatMap((kind) => fieldsOf(kind, account.object));
  return {
    objects: RECORD_KINDS.map(objectOf),
    fields: [...account.fields, ...recordFields],
    listViews: [],
    compactLayouts: [],
    quickActions: [],
    layouts: [],
    tabs: RECORD_KINDS.map((kind) => objectOf(kind).name),
    components: [],
    pages: [],
    reportTypes: [],
    reports: [],
    dashboards: [],
    permissionSets: permissionSets(account, recordFields),
  };
}
