import type { SObject } from '../../schema/schema.js';
import type { Component, Draft, Kind } from '../deploy/component.js';
import { resolves } from '../fields/check-formula.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { allElements, childOf, childrenOf, textOf, type XmlElement } from '../xml/element.js';

type Check = (component: Component, draft: Draft) => readonly Problem[];

function page(kind: Omit<Kind, 'check'>, check: Check): Kind {
  return {
    ...kind,
    check: (component, draft) => {
      const shape = checkElements(component.element, kind.type);
      return shape.some(isError) ? shape : [...shape, ...check(component, draft)];
    },
  };
}

/** A tab for a custom object, a Lightning page, a web page. */
export const CUSTOM_TAB = page(
  { type: 'CustomTab', folder: 'tabs', suffix: 'tab', keyPrefix: '01r' },
  ({ element, fullName }, draft) => {
    const content = ['auraComponent', 'flexiPage', 'lwcComponent', 'page', 'scontrol', 'url'];
    const given = content.filter((name) => textOf(element, name) !== '');
    const isObjectTab = textOf(element, 'customObject') === 'true';
    const problems: Problem[] = [];
    if (textOf(element, 'motif') === '') problems.push(error('Required field is missing: motif', element));
    if (given.length + (isObjectTab ? 1 : 0) !== 1) {
      problems.push(
        error('A tab shows exactly one of customObject, flexiPage, lwcComponent, page or url', element),
      );
    }
    if (isObjectTab && draft.schema.find(fullName) === null) {
      problems.push(error(`In field: customObject - no CustomObject named ${fullName} found`, element));
    }
    const flexiPage = textOf(element, 'flexiPage');
    if (flexiPage !== '' && !draft.stored('FlexiPage', flexiPage)) {
      problems.push(error(`In field: flexiPage - no FlexiPage named ${flexiPage} found`, element));
    }
    return problems;
  },
);

/** A page layout, `Account-Account Layout`: what it shows exists, and what must be filled in is on it. */
export const LAYOUT = page(
  { type: 'Layout', folder: 'layouts', suffix: 'layout', keyPrefix: '00h' },
  ({ element, fullName }, draft) => {
    const owner = decodeURIComponent(fullName.slice(0, fullName.indexOf('-')));
    const on = draft.schema.find(owner);
    if (on === null) return [error(`Parent entity failed to deploy or does not exist: ${owner}`, element)];
    return [
      ...checkItems(element, on),
      ...childrenOf(element, 'relatedLists').flatMap((list) => checkRelatedList(list, on, draft)),
    ];
  },
);

const BEHAVIORS = ['Edit', 'Readonly', 'Required'];

function checkItems(element: XmlElement, on: SObject): readonly Problem[] {
  const items = allElements(element, 'layoutItems').filter((item) => textOf(item, 'field') !== '');
  const shown = items.map((item) => textOf(item, 'field'));
  const needed = on
    .fields()
    .filter((one) => one.custom && one.type !== 'boolean' && !one.nillable && one.createable);
  return [
    ...items.flatMap((item) => {
      const name = textOf(item, 'field');
      if (on.field(name) === null)
        return [error(`In field: field - no CustomField named ${on.name}.${name} found`, item)];
      return BEHAVIORS.includes(textOf(item, 'behavior'))
        ? []
        : [error(`'${textOf(item, 'behavior')}' is not a valid value for the enum 'UiBehavior'`, item)];
    }),
    ...items
      .filter((item, index) => shown.indexOf(textOf(item, 'field')) < index)
      .map((item) => error(`Field ${textOf(item, 'field')} is on the layout more than once`, item)),
    ...needed
      .filter((one) => !shown.includes(one.name))
      .map((one) => error(`Layout must contain an item for required layout field: ${one.name}`, element)),
  ];
}

/** `Health_Pulse__c.Account__c`: the child and its reference here; names without a point are the platform's. */
function checkRelatedList(list: XmlElement, on: SObject, { schema }: Draft): readonly Problem[] {
  const name = textOf(list, 'relatedList');
  const [child = '', link = ''] = name.split('.');
  if (link === '') return [];
  const of = schema.find(child);
  if (of?.field(link)?.referenceTo.includes(on.name) !== true) {
    return [error(`Cannot find related list: ${name}`, list)];
  }
  return childrenOf(list, 'fields')
    .filter((field) => !/^[A-Z0-9_.]+$/.test(field.text.trim()) && of.field(field.text.trim()) === null)
    .map((field) => error(`Could not resolve field: ${child}.${field.text.trim()}`, field));
}

const PAGE_TYPES = [
  'AppPage',
  'CommAppPage',
  'CommObjectPage',
  'HomePage',
  'MailAppAppPage',
  'RecordPage',
  'UtilityBar',
];

/** A Lightning page: one child per item, identifiers once only, `Record.X__c` exists. */
export const FLEXI_PAGE = page(
  { type: 'FlexiPage', folder: 'flexipages', suffix: 'flexipage', keyPrefix: '0M0' },
  ({ element }, draft) => {
    const type = textOf(element, 'type');
    const sobjectType = textOf(element, 'sobjectType');
    return [
      ...(PAGE_TYPES.includes(type)
        ? []
        : [error(`'${type}' is not a valid value for the enum 'FlexiPageType'`, element)]),
      ...(type === 'RecordPage' && sobjectType === ''
        ? [error('Required field is missing: sobjectType', element)]
        : []),
      ...checkRegions(element),
      ...checkIdentifiers(element),
      ...checkComponents(element, sobjectType, draft),
      ...(sobjectType === '' ? [] : checkRecordFields(element, sobjectType, draft)),
    ];
  },
);

function checkRegions(element: XmlElement): readonly Problem[] {
  const regions = childrenOf(element, 'flexiPageRegions');
  const names = regions.map((region) => textOf(region, 'name'));
  return [
    ...regions
      .filter((region, index) => names.indexOf(textOf(region, 'name')) < index)
      .map((region) => error(`Duplicate region name: ${textOf(region, 'name')}`, region)),
    ...allElements(element, 'itemInstances')
      .filter((item) => item.children.length !== 1)
      .map((item) => error('itemInstances must hold exactly one componentInstance or fieldInstance', item)),
  ];
}

/** Components of ours exist, and a related list names a child relationship of the page's object. */
function checkComponents(element: XmlElement, object: string, draft: Draft): readonly Problem[] {
  return allElements(element, 'componentInstance').flatMap((instance) => {
    const name = textOf(instance, 'componentName');
    const own = name.replace(/^c:/, '');
    if (!own.includes(':') && draft.stored('LightningComponentBundle', own) === undefined) {
      return [
        error(`We couldn't retrieve the design time component information for component ${name}`, instance),
      ];
    }
    const list = childrenOf(instance, 'componentInstanceProperties').find(
      (property) => textOf(property, 'name') === 'relatedListApiName',
    );
    const relationship = list === undefined ? '' : textOf(list, 'value');
    const known = draft.schema.children(object).some((link) => link.name === relationship);
    return relationship.endsWith('__r') && !known
      ? [error(`The related list ${relationship} is not found on ${object}`, instance)]
      : [];
  });
}

function checkIdentifiers(element: XmlElement): readonly Problem[] {
  const all = allElements(element, 'identifier');
  const texts = all.map((one) => one.text.trim());
  return all
    .filter((one, index) => texts.indexOf(one.text.trim()) < index)
    .map((one) => error(`Duplicate identifier: ${one.text.trim()}`, one));
}

function checkRecordFields(element: XmlElement, object: string, { schema }: Draft): readonly Problem[] {
  const on = schema.find(object);
  if (on === null) return [error(`In field: sobjectType - no CustomObject named ${object} found`, element)];
  return allElements(element, 'fieldInstance')
    .map((one) => childOf(one, 'fieldItem') ?? one)
    .filter((item) => {
      const [root = '', ...path] = item.text.trim().split('.');
      return (
        root === 'Record' && !path.includes('Owner') && !resolves(path, on, schema) && isCustomPath(path)
      );
    })
    .map((item) => error(`We couldn't retrieve the field ${item.text.trim()} on ${object}`, item));
}

/** Standard fields beyond the embedded org's (`Fax`, compound addresses) are taken on trust. */
function isCustomPath(path: readonly string[]): boolean {
  return path.some((part) => /__[cr]$/.test(part));
}
