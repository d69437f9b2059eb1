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

/** A page layout, `Account-Account Layout`: every field on it exists. */
export const LAYOUT = page(
  { type: 'Layout', folder: 'layouts', suffix: 'layout', keyPrefix: '00h' },
  ({ element, fullName }, { schema }) => {
    const owner = decodeURIComponent(fullName.slice(0, fullName.indexOf('-')));
    const on = schema.find(owner);
    if (on === null) return [error(`Parent entity failed to deploy or does not exist: ${owner}`, element)];
    return allElements(element, 'layoutItems').flatMap((item) => {
      const name = textOf(item, 'field');
      return name === '' || on.field(name) !== null
        ? []
        : [error(`In field: field - no CustomField named ${owner}.${name} found`, item)];
    });
  },
);

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
