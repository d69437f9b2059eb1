import type { OrgModel, PageComponent } from '../../../../ports/org-model.js';
import { component } from './component.js';
import type { Component } from './element.js';
import { marked } from './mark.js';
import { renderAnalytics } from './render-analytics.js';
import { renderField } from './render-field.js';
import { renderLayout, renderQuickAction } from './render-layout.js';
import { renderCompactLayout, renderListView } from './render-lists.js';
import { renderObject, renderTab } from './render-object.js';
import { renderPermissionSet } from './render-permission-set.js';
import { renderRecordPage } from './render-record-page.js';

/** The model as the components of an org, each once. Pure. */
export function renderModel(model: OrgModel): readonly Component[] {
  return [
    ...model.objects.map((object) => renderObject(object, compactLayoutOf(model, object.name))),
    ...model.fields.map(renderField),
    ...model.compactLayouts.map(renderCompactLayout),
    ...model.listViews.map(renderListView),
    ...model.quickActions.map(renderQuickAction),
    ...model.layouts.map((layout) => renderLayout(layout, model)),
    ...model.tabs.map(renderTab),
    ...model.components.map(renderPageComponent),
    ...model.pages.map((page) => renderRecordPage(page, model.quickActions)),
    ...renderAnalytics(model),
    ...model.permissionSets.map(renderPermissionSet),
  ];
}

function renderPageComponent({ name, files }: PageComponent): Component {
  const marking = ([file, text]: readonly [string, string]): readonly [string, string] =>
    file.endsWith('-meta.xml') ? [file, withMark(text)] : [file, text];
  return {
    ...component('LightningComponentBundle', name, []),
    files: Object.fromEntries(Object.entries(files).map(marking)),
  };
}

function withMark(text: string): string {
  return text.replace(/<description>([^<]*)<\/description>/, (_all, description: string) => {
    return `<description>${marked(description)}</description>`;
  });
}

function compactLayoutOf(model: OrgModel, object: string): string | null {
  return model.compactLayouts.find((layout) => layout.object === object)?.name ?? null;
}
