import type { SObject } from '../../schema/schema.js';
import { type Component, type Draft, type Kind, ownerOf } from '../deploy/component.js';
import { formulaProblem } from '../fields/check-formula.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { childrenOf, textOf, type XmlElement } from '../xml/element.js';

type Check = (element: XmlElement, on: SObject, draft: Draft) => readonly Problem[];

function partOfObject(type: string, keyPrefix: string, check: Check): Kind {
  return {
    type,
    folder: 'objects',
    suffix: 'object',
    keyPrefix,
    check: (component, draft) => {
      const shape = checkElements(component.element, type);
      if (shape.some(isError)) return shape;
      const on = ownerIn(component, draft);
      if (on === null) {
        const owner = ownerOf(component.fullName);
        return [
          ...shape,
          error(`Entity of type 'CustomObject' named '${owner}' cannot be found`, component.element),
        ];
      }
      return [...shape, ...checkLabel(component.element), ...check(component.element, on, draft)];
    },
  };
}

function ownerIn({ fullName }: Component, { schema }: Draft): SObject | null {
  return schema.find(ownerOf(fullName));
}

function checkLabel(element: XmlElement): readonly Problem[] {
  return textOf(element, 'label').length > 40
    ? [error('Value too long for field: label maximum length is:40', element)]
    : [];
}

const FILTER_SCOPES = ['Everything', 'Mine', 'Queue', 'Delegated', 'MyTerritory', 'MyTeamTerritory', 'Team'];
const OPERATIONS = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
  'includes',
  'excludes',
  'within',
];
const MOST_COLUMNS = 15;

/** Kept and listed. Standard columns are codes (`ACCOUNT.NAME`); only custom ones are looked up. */
export const LIST_VIEW = partOfObject('ListView', '00B', (element, on) => {
  const columns = childrenOf(element, 'columns');
  const filters = childrenOf(element, 'filters');
  const scope = textOf(element, 'filterScope');
  return [
    ...(FILTER_SCOPES.includes(scope)
      ? []
      : [error(`'${scope}' is not a valid value for the enum 'FilterScope'`, element)]),
    ...(columns.length > MOST_COLUMNS
      ? [error(`A list view can have at most ${MOST_COLUMNS} columns`, element)]
      : []),
    ...columns.flatMap((column) => unknownColumn(column.text.trim(), column, on)),
    ...filters.flatMap((filter) => unknownColumn(textOf(filter, 'field'), filter, on)),
    ...filters
      .filter((filter) => !OPERATIONS.includes(textOf(filter, 'operation')))
      .map((filter) =>
        error(`'${textOf(filter, 'operation')}' is not a valid value for the enum 'FilterOperation'`, filter),
      ),
  ];
});

function unknownColumn(name: string, at: XmlElement, on: SObject): readonly Problem[] {
  const isCode = /^[A-Z0-9_.]+$/.test(name) || name.includes('.');
  return isCode || on.field(name) !== null ? [] : [error(`Could not resolve list view column: ${name}`, at)];
}

const MOST_COMPACT = 10;

export const COMPACT_LAYOUT = partOfObject('CompactLayout', '0AH', (element, on) => {
  const fields = childrenOf(element, 'fields');
  return [
    ...(fields.length === 0 || fields.length > MOST_COMPACT
      ? [error(`A compact layout must have between 1 and ${MOST_COMPACT} fields`, element)]
      : []),
    ...fields
      .filter((one) => on.field(one.text.trim()) === null)
      .map((one) =>
        error(`In field: fields - no CustomField named ${on.name}.${one.text.trim()} found`, one),
      ),
  ];
});

/** Kept and listed, not enforced: the embedded org does not compute formulas. */
export const VALIDATION_RULE = partOfObject('ValidationRule', '03d', (element, on, { schema }) => {
  const problem = formulaProblem(textOf(element, 'errorConditionFormula'), on, schema);
  const shownOn = textOf(element, 'errorDisplayField');
  return [
    ...(problem === null ? [] : [error(problem, element)]),
    ...(textOf(element, 'errorMessage').length > 255
      ? [error('Value too long for field: errorMessage maximum length is:255', element)]
      : []),
    ...(shownOn === '' || on.field(shownOn) !== null
      ? []
      : [error(`Field ${shownOn} does not exist. Check spelling.`, element)]),
  ];
});
