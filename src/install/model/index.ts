import type { CrmMapping } from '../../ports/mapping.js';
import type { OrgModel } from '../../ports/org-model.js';
import { analytics } from '../analytics/index.js';
import { accountModel } from './account.js';
import { permissionSets } from './permission-sets.js';
import { fieldsOf, objectOf, RECORD_KINDS } from './records.js';

/** What an admin may choose beside the mapping. */
export interface ModelOptions {
  /** User name as whom dashboards run; null = whoever looks, which an org allows for a few dashboards only. */
  readonly runningUser: string | null;
}

const AS_VIEWER: ModelOptions = { runningUser: null };

/** Everything of ours that an org should hold for a mapping. Pure. */
export function orgModel(mapping: CrmMapping, { runningUser }: ModelOptions = AS_VIEWER): OrgModel {
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
    ...analytics(mapping, { runningUser }),
    permissionSets: permissionSets(account, recordFields),
  };
}
