import type { WrittenField } from '../../domain/settle/written.js';
import type { CrmMapping } from '../../ports/mapping.js';
import type { OrgModel } from '../../ports/org-model.js';
import { analytics } from '../analytics/index.js';
import { healthComponent } from '../component/health-component.js';
import { accountModel, BAND_IMAGE } from './account.js';
import {
  accountCompactLayout,
  accountListViews,
  accountPage,
  pulseAction,
  shownOf,
} from './account-pages.js';
import { permissionSets } from './permission-sets.js';
import { recordCompactLayouts, recordLayouts, recordListViews } from './record-pages.js';
import { fieldsOf, objectOf, RECORD_KINDS } from './records.js';

export interface ModelChoices {
  /** User name under whose rights dashboards run; null = whoever looks, which orgs limit to a few dashboards. */
  readonly runningUser: string | null;
}

const AS_VIEWER: ModelChoices = { runningUser: null };

/** Everything of ours that an org should hold for a mapping. Pure. */
export function orgModel(mapping: CrmMapping, choices: ModelChoices = AS_VIEWER): OrgModel {
  const account = accountModel(mapping);
  const shown = shownOf(mapping, account);
  const image = account.fields.some(({ name }) => name === BAND_IMAGE);
  const components = account.object === 'Account' ? [healthComponent(fieldsByFact(mapping))] : [];
  const recordFields = RECORD_KINDS.flatMap((kind) => fieldsOf(kind, account.object));
  return {
    objects: RECORD_KINDS.map(objectOf),
    fields: [...account.fields, ...recordFields],
    listViews: [...accountListViews(shown), ...recordListViews],
    compactLayouts: [accountCompactLayout(shown, image), ...recordCompactLayouts],
    quickActions: [pulseAction(shown)],
    layouts: recordLayouts,
    tabs: RECORD_KINDS.map((kind) => objectOf(kind).name),
    components,
    pages: [
      accountPage(
        shown,
        image,
        components.map(({ name }) => name),
      ),
    ],
    ...analytics(mapping, choices),
    permissionSets: permissionSets(account, recordFields),
  };
}

function fieldsByFact(mapping: CrmMapping): Readonly<Partial<Record<WrittenField, string>>> {
  return Object.fromEntries(mapping.write.map(({ fact, field }) => [fact, field]));
}
