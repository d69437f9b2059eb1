import type { OrgModel } from '../../../../ports/org-model.js';
import type { Component } from './element.js';
import { renderField } from './render-field.js';
import { renderObject, renderTab } from './render-object.js';
import { renderPermissionSet } from './render-permission-set.js';

/** The model as the components of an org, each once. Pure. */
export function renderModel(model: OrgModel): readonly Component[] {
  return [
    ...model.objects.map((object) => renderObject(object, compactLayoutOf(model, object.name))),
    ...model.fields.map(renderField),
    ...model.tabs.map(renderTab),
    ...model.permissionSets.map(renderPermissionSet),
  ];
}

function compactLayoutOf(model: OrgModel, object: string): string | null {
  return model.compactLayouts.find((layout) => layout.object === object)?.name ?? null;
}
