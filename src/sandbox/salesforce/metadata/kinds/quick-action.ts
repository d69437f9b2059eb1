import { type Component, type Draft, type Kind, localNameOf, ownerOf } from '../deploy/component.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { allElements, childOf, childrenOf, isTrue, textOf } from '../xml/element.js';

/** A button of an object that makes a record: `Account.File_Pulse`. */
export const QUICK_ACTION: Kind = {
  type: 'QuickAction',
  folder: 'quickActions',
  suffix: 'quickAction',
  keyPrefix: '09D',
  check,
};

const TYPES = [
  'Create',
  'LogACall',
  'Post',
  'SendEmail',
  'Update',
  'LightningWebComponent',
  'Flow',
  'Canvas',
];

function check(component: Component, draft: Draft): readonly Problem[] {
  const { element, fullName } = component;
  const shape = checkElements(element, 'QuickAction');
  if (shape.some(isError)) return shape;
  const type = textOf(element, 'type');
  const owner = ownerOf(fullName);
  return [
    ...shape,
    ...(TYPES.includes(type)
      ? []
      : [error(`'${type}' is not a valid value for the enum 'QuickActionType'`, element)]),
    ...(owner === '' || draft.schema.find(owner) !== null
      ? []
      : [error(`Entity of type 'CustomObject' named '${owner}' cannot be found`, element)]),
    ...(/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(localNameOf(fullName))
      ? []
      : [error(`The action name ${fullName} is not a valid API name`, element)]),
    ...(textOf(element, 'label') === '' && textOf(element, 'standardLabel') === ''
      ? [error('Required field is missing: label', element)]
      : []),
    ...(type === 'Create' ? checkCreate(component, draft) : []),
  ];
}

function checkCreate({ element, fullName }: Component, { schema }: Draft): readonly Problem[] {
  const target = textOf(element, 'targetObject');
  const on = schema.find(target);
  if (on === null) return [error(`In field: targetObject - no CustomObject named ${target} found`, element)];
  const parent = textOf(element, 'targetParentField');
  const link = parent === '' ? null : on.field(parent);
  const items = allElements(element, 'quickActionLayoutItems');
  const shown = items.map((item) => textOf(item, 'field'));
  const needed = on
    .fields()
    .filter((one) => one.custom && !one.nillable && one.type !== 'boolean' && one.createable)
    .filter((one) => one.defaultValue === null && one.name !== parent && !shown.includes(one.name));
  return [
    ...(parent === '' || link?.referenceTo.includes(ownerOf(fullName)) === true
      ? []
      : [error(`In field: targetParentField - no CustomField named ${target}.${parent} found`, element)]),
    ...(childOf(element, 'quickActionLayout')
      ? []
      : [error('Required field is missing: quickActionLayout', element)]),
    ...items
      .filter((item) => textOf(item, 'field') !== '' && on.field(textOf(item, 'field')) === null)
      .map((item) =>
        error(`In field: field - no CustomField named ${target}.${textOf(item, 'field')} found`, item),
      ),
    ...needed.map((one) =>
      error(`The required field ${target}.${one.name} is missing from the action`, element),
    ),
    ...childrenOf(element, 'fieldOverrides')
      .filter((override) => on.field(textOf(override, 'field')) === null)
      .map((override) =>
        error(`Field ${textOf(override, 'field')} does not exist. Check spelling.`, override),
      ),
    ...(items.some((item) => !isTrue(item, 'emptySpace') && textOf(item, 'field') === '')
      ? [error('An item of an action layout needs a field', element)]
      : []),
  ];
}
