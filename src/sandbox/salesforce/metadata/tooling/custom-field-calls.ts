import { ApiError, notFound } from '../../api-error.js';
import { normalId } from '../../ids.js';
import type { Row } from '../../schema/types.js';
import { commit, removeComponent } from '../deploy/commit.js';
import { type Component, localNameOf, ownerOf } from '../deploy/component.js';
import { planDeploy } from '../deploy/plan.js';
import type { MetadataOrg } from '../metadata-org.js';
import { element } from '../xml/element.js';
import { fromJson } from './json-metadata.js';
import { toolingRows } from './tooling-rows.js';

/** `{"FullName": "Account.Foo__c", "Metadata": {…}}` as a new field; its id. */
export function createField(body: unknown, metadata: MetadataOrg): string {
  const fullName = String(propertyOf(body, 'FullName') ?? '');
  const component = componentOf(fullName, propertyOf(body, 'Metadata'));
  if (metadata.org.schema.find(ownerOf(fullName))?.field(localNameOf(fullName))) {
    const text = `There is already a field named ${localNameOf(fullName)} on ${ownerOf(fullName)}.`;
    throw new ApiError(400, 'DUPLICATE_DEVELOPER_NAME', text);
  }
  save(component, metadata);
  return metadata.components.idOf('CustomField', fullName);
}

export function updateField(id: string, body: unknown, metadata: MetadataOrg): void {
  const { FullName: fullName } = rowOf(id, metadata);
  save(componentOf(String(fullName), propertyOf(body, 'Metadata')), metadata);
}

export function readField(id: string, metadata: MetadataOrg, version: string): unknown {
  const { Metadata: content, ...row } = rowOf(id, metadata);
  const url = `/services/data/v${version}/tooling/sobjects/CustomField/${String(row.Id)}`;
  return { attributes: { type: 'CustomField', url }, ...row, Metadata: JSON.parse(String(content)) };
}

export function deleteField(id: string, { org, components }: MetadataOrg): void {
  const { FullName: fullName } = rowOf(id, { org, components });
  removeComponent('CustomField', String(fullName), { org, store: components });
}

function rowOf(id: string, metadata: Pick<MetadataOrg, 'org' | 'components'>): Row {
  const row = toolingRows('CustomField', metadata).find((one) => one.Id === normalId(id));
  if (!row) throw notFound();
  return row;
}

function componentOf(fullName: string, content: unknown): Component {
  if (typeof content !== 'object' || content === null) {
    throw new ApiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Metadata]', [
      'Metadata',
    ]);
  }
  const read = fromJson('CustomField', content);
  const name = element('fullName', localNameOf(fullName));
  return {
    type: 'CustomField',
    fullName,
    fileName: `objects/${ownerOf(fullName)}.object`,
    element: { ...read, children: [name, ...read.children.filter((child) => child.name !== 'fullName')] },
  };
}

function save(component: Component, { org, components }: MetadataOrg): void {
  const plan = planDeploy({ components: [component], misfits: [], deletions: [] }, org, components);
  const [refusal] = plan.refused;
  if (refusal) throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', refusal.problem.problem);
  commit(plan, org, components);
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
