import type { PermissionSet } from '../../../../ports/org-model.js';
import { component } from './component.js';
import { type Component, type Element, elements } from './element.js';
import { marked } from './mark.js';

export function renderPermissionSet(set: PermissionSet): Component {
  return component(
    'PermissionSet',
    set.name,
    elements({
      description: marked(set.description),
      fieldPermissions: sorted(set.fields, ({ field }) => field).map(({ field, editable }) =>
        elements({ editable, field, readable: true }),
      ),
      hasActivationRequired: false,
      label: set.label,
      objectPermissions: sorted(set.objects, ({ object }) => object).map(objectGrant),
      tabSettings: [...set.tabs].sort().map((tab) => elements({ tab, visibility: 'Visible' })),
    }),
  );
}

function objectGrant(grant: PermissionSet['objects'][number]): readonly Element[] {
  return elements({
    allowCreate: grant.create,
    allowDelete: grant.delete,
    allowEdit: grant.edit,
    allowRead: true,
    modifyAllRecords: false,
    object: grant.object,
    viewAllRecords: grant.all,
  });
}

function sorted<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  return [...all].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
