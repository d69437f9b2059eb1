import { field, lookup, READ_ONLY, SYSTEM_FIELDS } from '../../schema/fields.js';
import type { Schema } from '../../schema/schema.js';
import type { FieldDefinition, ObjectDefinition } from '../../schema/types.js';
import type { Org } from '../../store/org.js';
import type { Component, Draft, Kind } from '../deploy/component.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { childOf, isTrue, textOf, type XmlElement } from '../xml/element.js';

/** A custom object, or what can be set on a standard one. Its fields are components of their own. */
export const CUSTOM_OBJECT: Kind = {
  type: 'CustomObject',
  folder: 'objects',
  suffix: 'object',
  keyPrefix: '01I',
  check,
  exists: (component, schema) =>
    schema.find(component.fullName) !== null || component.fullName === 'Activity',
  matches: (component, schema) => !isCustom(component) || isAsDefined(component, schema),
  define: (component, schema) => {
    if (isCustom(component)) schema.putObject(defineObject(component, schema));
  },
  checkWhole,
  undefine: (fullName, schema) => schema.removeObject(fullName),
  uninstall: eraseRows,
};

const SHARING_MODELS = ['ReadWrite', 'Read', 'Private', 'ControlledByParent', 'FullAccess'];

function isCustom(component: Component): boolean {
  return component.fullName.endsWith('__c');
}

function check(component: Component, draft: Draft): readonly Problem[] {
  const { element, fullName } = component;
  const shape = checkElements(element, 'CustomObject');
  if (shape.some(isError)) return shape;
  if (!isCustom(component)) {
    const known = draft.schema.find(fullName) !== null || fullName === 'Activity';
    return known
      ? shape
      : [...shape, error(`Entity of type 'CustomObject' named '${fullName}' cannot be found`, element)];
  }
  return [
    ...shape,
    ...checkName(component),
    ...checkTexts(element),
    ...checkNameField(element),
    ...checkModel(element),
  ];
}

function checkName({ element, fullName }: Component): readonly Problem[] {
  const own = fullName.replace(/__c$/, '').replace(/^[A-Za-z0-9]{1,15}__/, '');
  const fits = /^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/.test(own) && own.length <= 40;
  return fits ? [] : [error(`The object name you provided ${fullName} is not a valid API name`, element)];
}

function checkTexts(element: XmlElement): readonly Problem[] {
  const must = ['label', 'pluralLabel', 'deploymentStatus', 'sharingModel'];
  return [
    ...must
      .filter((name) => textOf(element, name) === '')
      .map((name) => error(`Must specify a non-empty ${name} for the CustomObject`, element)),
    ...['label', 'pluralLabel']
      .filter((name) => textOf(element, name).length > 40)
      .map((name) => error(`Value too long for field: ${name} maximum length is:40`, element)),
  ];
}

function checkNameField(element: XmlElement): readonly Problem[] {
  const nameField = childOf(element, 'nameField');
  if (!nameField)
    return [error("Must specify a 'nameField' of type Text or AutoNumber for the CustomObject", element)];
  const type = textOf(nameField, 'type');
  if (type !== 'Text' && type !== 'AutoNumber') {
    return [error("Must specify a 'nameField' of type Text or AutoNumber for the CustomObject", nameField)];
  }
  if (textOf(nameField, 'label') === '')
    return [error('Must specify a non-empty label for the nameField', nameField)];
  return type === 'AutoNumber' && !/\{0+\}/.test(textOf(nameField, 'displayFormat'))
    ? [error("Must specify 'displayFormat' for a CustomField of type AutoNumber", nameField)]
    : [];
}

function checkModel(element: XmlElement): readonly Problem[] {
  const problems: Problem[] = [];
  const model = textOf(element, 'sharingModel');
  if (model !== '' && !SHARING_MODELS.includes(model)) {
    problems.push(error(`'${model}' is not a valid value for the enum 'SharingModel'`, element));
  }
  const together = ['enableBulkApi', 'enableSharing', 'enableStreamingApi'].map((name) =>
    isTrue(element, name),
  );
  if (new Set(together).size > 1) {
    problems.push(error('enableBulkApi, enableSharing and enableStreamingApi must be set together', element));
  }
  if (!['', 'Deployed', 'InDevelopment'].includes(textOf(element, 'deploymentStatus'))) {
    problems.push(error("deploymentStatus is not a valid value for the enum 'DeploymentStatus'", element));
  }
  return problems;
}

function defineObject({ element, fullName }: Component, schema: Schema): ObjectDefinition {
  const known = schema.find(fullName)?.definition();
  const system = [
    ...SYSTEM_FIELDS,
    ...(textOf(element, 'sharingModel') === 'ControlledByParent' ? [] : [OWNER]),
  ];
  const kept = known?.fields.filter((one) => one.custom) ?? [];
  return {
    name: fullName,
    label: textOf(element, 'label'),
    labelPlural: textOf(element, 'pluralLabel'),
    keyPrefix: known?.keyPrefix ?? freePrefix(schema),
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    replicateable: true,
    validationRules: known?.validationRules ?? [],
    fields: [...system, nameFieldOf(element), ...kept],
  };
}

const OWNER: FieldDefinition = lookup('OwnerId', ['Group', 'User'], { nillable: false, label: 'Owner ID' });

function nameFieldOf(element: XmlElement): FieldDefinition {
  const nameField = childOf(element, 'nameField') ?? element;
  const draft = { label: textOf(nameField, 'label'), nameField: true, length: 80 };
  return textOf(nameField, 'type') === 'AutoNumber'
    ? field('Name', 'string', {
        ...draft,
        ...READ_ONLY,
        nillable: false,
        displayFormat: textOf(nameField, 'displayFormat'),
      })
    : field('Name', 'string', draft);
}

/** `a00`, `a01` … `aZZ`: the first that no object has. */
function freePrefix(schema: Schema): string {
  for (let n = 0; n < 36 * 36; n += 1) {
    const prefix = `a${n.toString(36).padStart(2, '0').toUpperCase()}`;
    if (schema.byKeyPrefix(prefix) === null) return prefix;
  }
  throw new RangeError('no key prefix is free');
}

function isAsDefined(component: Component, schema: Schema): boolean {
  const known = schema.find(component.fullName)?.definition();
  const next = defineObject(component, schema);
  return known !== undefined && known.label === next.label && known.labelPlural === next.labelPlural;
}

function eraseRows(fullName: string, org: Org): void {
  const table = org.table(fullName);
  for (let slot = 0; slot < table.slotCount(); slot += 1) {
    const id = table.rowAt(slot)?.Id;
    if (typeof id === 'string') table.erase(id);
  }
}

function checkWhole({ element, fullName }: Component, { schema, stored }: Draft): readonly Problem[] {
  const assigned = textOf(element, 'compactLayoutAssignment');
  const isDetail = schema
    .find(fullName)
    ?.fields()
    .some((one) => one.custom && one.type === 'reference' && !one.nillable);
  return [
    ...(['', 'SYSTEM'].includes(assigned) || stored('CompactLayout', `${fullName}.${assigned}`)
      ? []
      : [
          error(
            `In field: compactLayoutAssignment - no CompactLayout named ${fullName}.${assigned} found`,
            element,
          ),
        ]),
    ...(textOf(element, 'sharingModel') === 'ControlledByParent' &&
    isDetail === false &&
    fullName.endsWith('__c')
      ? [
          error(
            'Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field',
            element,
          ),
        ]
      : []),
  ];
}
