import type { CompactLayout, ListView } from '../../../../ports/org-model.js';
import { component } from './component.js';
import { type Component, elements } from './element.js';

/** Lists name standard fields by codes of their own; these are what retrieved lists carry. */
const ON_ACCOUNT: Readonly<Record<string, string>> = {
  CreatedDate: 'ACCOUNT.CREATED_DATE',
  Industry: 'ACCOUNT.INDUSTRY',
  LastActivityDate: 'ACCOUNT.LAST_ACTIVITY',
  LastModifiedDate: 'ACCOUNT.LAST_UPDATE',
  Name: 'ACCOUNT.NAME',
  OwnerId: 'CORE.USERS.ALIAS',
  Type: 'ACCOUNT.TYPE',
};
const ON_OWN: Readonly<Record<string, string>> = {
  CreatedById: 'CREATEDBY_USER',
  CreatedDate: 'CREATED_DATE',
  LastModifiedDate: 'LAST_UPDATE',
  Name: 'NAME',
  OwnerId: 'OWNER.ALIAS',
};

/** How a list of an object names a field; custom fields by their API name. */
export function listCode(object: string, field: string): string {
  return (object.endsWith('__c') ? ON_OWN : ON_ACCOUNT)[field] ?? field;
}

export function renderListView({ object, name, label, columns, filters }: ListView): Component {
  return component(
    'ListView',
    `${object}.${name}`,
    elements({
      columns: columns.map((column) => listCode(object, column)),
      filterScope: 'Everything',
      filters: filters.map(({ field, operation, value }) =>
        elements({ field: listCode(object, field), operation, value: value === '' ? null : value }),
      ),
      label,
    }),
  );
}

export function renderCompactLayout({ object, name, label, fields }: CompactLayout): Component {
  return component('CompactLayout', `${object}.${name}`, elements({ fields, label }));
}
