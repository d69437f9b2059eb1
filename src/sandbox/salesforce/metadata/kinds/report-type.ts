import type { Schema, SObject } from '../../schema/schema.js';
import type { Component, Draft, Kind } from '../deploy/component.js';
import { resolves } from '../fields/check-formula.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { allElements, childOf, isTrue, textOf, type XmlElement } from '../xml/element.js';

const CATEGORIES = [
  'accounts',
  'activities',
  'admin',
  'busop',
  'calls',
  'campaign',
  'cases',
  'content',
  'contracts',
  'forecasts',
  'inbox',
  'individual',
  'leads',
  'manufacturingforecast',
  'opportunities',
  'orders',
  'other',
  'quotes',
  'territory',
];

/** A custom report type: base object, joins by child relationship, columns that exist. */
export const REPORT_TYPE: Kind = {
  type: 'ReportType',
  folder: 'reportTypes',
  suffix: 'reportType',
  keyPrefix: '070',
  check,
};

function check(component: Component, draft: Draft): readonly Problem[] {
  const { element } = component;
  const shape = checkElements(element, 'ReportType');
  if (shape.some(isError)) return shape;
  const base = draft.schema.find(textOf(element, 'baseObject'));
  if (base === null) {
    return [...shape, error(`Could not resolve baseObject: ${textOf(element, 'baseObject')}`, element)];
  }
  const before = draft.stored('ReportType', component.fullName);
  const moved =
    before !== undefined && textOf(before.element, 'baseObject') !== textOf(element, 'baseObject');
  return [
    ...shape,
    ...(moved ? [error('The baseObject of a report type cannot be changed', element)] : []),
    ...checkTexts(element),
    ...checkJoins(element, base, draft.schema),
    ...checkColumns(element, base, draft.schema),
  ];
}

function checkTexts(element: XmlElement): readonly Problem[] {
  const category = textOf(element, 'category');
  return [
    ...(CATEGORIES.includes(category)
      ? []
      : [error(`'${category}' is not a valid value for the enum 'ReportTypeCategory'`, element)]),
    ...(textOf(element, 'label').length > 50
      ? [error('Value too long for field: label maximum length is:50', element)]
      : []),
    ...(childOf(element, 'sections') ? [] : [error('A report type needs at least one section', element)]),
  ];
}

/** After an outer join every further one must be outer too. */
function checkJoins(element: XmlElement, base: SObject, schema: Schema): readonly Problem[] {
  let on: SObject | null = base;
  let outer = false;
  for (let join = childOf(element, 'join'); join; join = childOf(join, 'join')) {
    const name = textOf(join, 'relationship');
    on = on === null ? null : childBy(name, on, schema);
    if (on === null) return [error(`Could not resolve relationship: ${name}`, join)];
    if (outer && !isTrue(join, 'outerJoin'))
      return [error('An inner join cannot follow an outer join', join)];
    outer = isTrue(join, 'outerJoin');
  }
  return [];
}

function childBy(relationship: string, on: SObject, schema: Schema): SObject | null {
  const child = schema.children(on.name).find((one) => one.name === relationship);
  return child ? schema.find(child.childObject) : null;
}

function checkColumns(element: XmlElement, base: SObject, schema: Schema): readonly Problem[] {
  const columns = allElements(element, 'columns');
  const names = columns.map((column) => `${textOf(column, 'table')}.${textOf(column, 'field')}`);
  return columns.flatMap((column, index) => {
    const name = names[index] ?? '';
    const table = tableOf(textOf(column, 'table'), base, schema);
    if (table === null) return [error(`Could not resolve table: ${textOf(column, 'table')}`, column)];
    if (names.indexOf(name) < index) return [error(`Duplicate column: ${name}`, column)];
    return resolves(textOf(column, 'field').split('.'), table, schema)
      ? []
      : [error(`Could not resolve field: ${name}`, column)];
  });
}

/** `Account`, or the base and child relationships from it: `Account.Projects__r`. */
export function tableOf(path: string, base: SObject, schema: Schema): SObject | null {
  const [first, ...relationships] = path.split('.');
  if (first !== base.name) return null;
  return relationships.reduce<SObject | null>(
    (on, name) => (on === null ? null : childBy(name, on, schema)),
    base,
  );
}
