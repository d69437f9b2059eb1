import type { Component, Draft } from '../deploy/component.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { childOf, childrenOf, isTrue, textOf, type XmlElement } from '../xml/element.js';
import { USER_PERMISSIONS } from './user-permissions.js';

/** What the platform refuses in a permission set. */
export function checkPermissionSet(component: Component, draft: Draft): readonly Problem[] {
  const { element } = component;
  const shape = checkElements(element, 'PermissionSet');
  if (shape.some(isError)) return shape;
  return [
    ...shape,
    ...checkTexts(component),
    ...childrenOf(element, 'objectPermissions').flatMap((grant) => checkObjectGrant(grant, element, draft)),
    ...childrenOf(element, 'fieldPermissions').flatMap((grant) => checkFieldGrant(grant, draft)),
    ...childrenOf(element, 'tabSettings').flatMap((setting) => checkTab(setting, draft)),
    ...childrenOf(element, 'userPermissions').flatMap(checkUserPermission),
    ...twice(element, 'objectPermissions', 'object'),
    ...twice(element, 'fieldPermissions', 'field'),
    ...twice(element, 'userPermissions', 'name'),
    ...twice(element, 'tabSettings', 'tab'),
  ];
}

function checkTexts({ element, fullName }: Component): readonly Problem[] {
  const problems: Problem[] = [];
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(fullName) || fullName.length > 80) {
    problems.push(error(`The permission set name ${fullName} is not a valid API name`, element));
  }
  if (textOf(element, 'label') === '' || textOf(element, 'label').length > 80) {
    problems.push(error('The label of a permission set must have between 1 and 80 characters', element));
  }
  return textOf(element, 'description').length > 255
    ? [...problems, error('Value too long for field: Description maximum length is:255', element)]
    : problems;
}

function checkFieldGrant(grant: XmlElement, { schema }: Draft): readonly Problem[] {
  const name = textOf(grant, 'field');
  const [owner = '', fieldName = ''] = name.split('.');
  const object = schema.find(owner === 'Activity' ? 'Task' : owner);
  const field = object?.field(fieldName) ?? null;
  if (object === null || field === null) {
    return [error(`In field: field - no CustomField named ${name} found`, grant)];
  }
  const isNameField = object.nameField()?.name === field.name;
  if (
    isNameField ||
    field.type === 'id' ||
    (!field.nillable && field.type !== 'boolean' && field.createable)
  ) {
    return [error(`You cannot deploy to a required field: ${name}`, grant)];
  }
  if (isTrue(grant, 'editable') && (field.calculated || !(field.createable || field.updateable))) {
    return [error(`Field ${name} is not editable: 'editable' must be false`, grant)];
  }
  return isTrue(grant, 'editable') && childOf(grant, 'readable') && !isTrue(grant, 'readable')
    ? [error(`Permission Edit ${name} depends on permission(s): Read ${name}`, grant)]
    : [];
}

/** Permission -> what it can't be without, on the same object. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};
/** Objects that can't be read without another. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  Case: ['Account', 'Contact'],
  Contact: ['Account'],
  Contract: ['Account'],
  Opportunity: ['Account'],
};

function checkObjectGrant(grant: XmlElement, set: XmlElement, { schema }: Draft): readonly Problem[] {
  const name = textOf(grant, 'object');
  const object = schema.find(name);
  if (object === null) return [error(`In field: object - no CustomObject named ${name} found`, grant)];
  const masters = object
    .fields()
    .filter(
      (one) => one.custom && one.type === 'reference' && !one.nillable && one.createable && !one.updateable,
    )
    .flatMap((one) => one.referenceTo);
  return [
    ...Object.entries(NEEDS).flatMap(([permission, needed]) => lacking(grant, permission, needed)),
    ...[...(PARENTS[object.name] ?? []), ...masters]
      .filter((parent) => isTrue(grant, 'allowRead') && !readable(set, parent))
      .map((parent) => error(`Permission Read ${name} depends on permission(s): Read ${parent}`, grant)),
  ];
}

function lacking(grant: XmlElement, permission: string, needed: readonly string[]): readonly Problem[] {
  const missing = needed.filter((one) => !isTrue(grant, one));
  return isTrue(grant, permission) && missing.length > 0
    ? [
        error(
          `Permission ${permission} ${textOf(grant, 'object')} depends on permission(s): ${missing.join(', ')}`,
          grant,
        ),
      ]
    : [];
}

function readable(set: XmlElement, object: string): boolean {
  return childrenOf(set, 'objectPermissions').some(
    (grant) => textOf(grant, 'object') === object && isTrue(grant, 'allowRead'),
  );
}

function checkTab(setting: XmlElement, draft: Draft): readonly Problem[] {
  const tab = textOf(setting, 'tab');
  if (!['Available', 'None', 'Visible'].includes(textOf(setting, 'visibility'))) {
    return [
      error(
        `'${textOf(setting, 'visibility')}' is not a valid value for the enum 'PermissionSetTabVisibility'`,
        setting,
      ),
    ];
  }
  const standard = tab.startsWith('standard-');
  return standard || draft.stored('CustomTab', tab)
    ? []
    : [error(`In field: tab - no CustomTab named ${tab} found`, setting)];
}

function checkUserPermission(permission: XmlElement): readonly Problem[] {
  const name = textOf(permission, 'name');
  return USER_PERMISSIONS.has(name) ? [] : [error(`Unknown user permission: ${name}`, permission)];
}

function twice(set: XmlElement, list: string, key: string): readonly Problem[] {
  const names = childrenOf(set, list).map((one) => textOf(one, key));
  return childrenOf(set, list)
    .filter((one, index) => names.indexOf(textOf(one, key)) < index)
    .map((one) => error(`Duplicate ${list}: ${textOf(one, key)}`, one));
}
