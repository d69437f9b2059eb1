import type { FieldDefinition } from '../../schema/types.js';
import { error, type Problem } from '../types/problem.js';
import { childOf, childrenOf, isTrue, textOf, type XmlElement } from '../xml/element.js';

const MOST_VALUES = 1_000;

/** Value set of a picklist field: exactly one source, no value twice, one default at most. */
export function checkValueSet(field: XmlElement): readonly Problem[] {
  const valueSet = childOf(field, 'valueSet');
  if (!valueSet) return [];
  const definition = childOf(valueSet, 'valueSetDefinition');
  const named = childOf(valueSet, 'valueSetName');
  if (named && definition) {
    return [error('Specify either valueSetName or valueSetDefinition, not both', valueSet)];
  }
  if (named) return [error(`GlobalValueSet ${named.text.trim()} not found`, named)];
  if (!definition) {
    return [error('Must specify either valueSetName or valueSetDefinition for a picklist field', valueSet)];
  }
  return checkValues(definition);
}

function checkValues(definition: XmlElement): readonly Problem[] {
  const values = childrenOf(definition, 'value');
  const names = values.map((value) => textOf(value, 'fullName'));
  if (values.length > MOST_VALUES) {
    return [error(`A picklist can have at most ${MOST_VALUES} values`, definition)];
  }
  return values.flatMap((value, index) => {
    const name = names[index] ?? '';
    const problems: Problem[] = [];
    if (name.length > 255)
      problems.push(error(`Value too long for field: ${name.slice(0, 20)}… maximum length is:255`, value));
    if (names.indexOf(name) < index) problems.push(error(`Duplicate value found: ${name}`, value));
    if (isTrue(value, 'default') && values.findIndex((one) => isTrue(one, 'default')) < index) {
      problems.push(error('Only one value can be the default', value));
    }
    return problems;
  });
}

export function picklistValuesOf(field: XmlElement): FieldDefinition['picklistValues'] {
  const definition = childOf(field, 'valueSet');
  const values = definition ? childOf(definition, 'valueSetDefinition') : undefined;
  return childrenOf(values ?? field, 'value')
    .filter((value) => textOf(value, 'isActive') !== 'false')
    .map((value) => ({
      value: textOf(value, 'fullName'),
      label: textOf(value, 'label') || textOf(value, 'fullName'),
      isDefault: isTrue(value, 'default'),
    }));
}

export function isRestricted(field: XmlElement): boolean {
  const valueSet = childOf(field, 'valueSet');
  return valueSet !== undefined && isTrue(valueSet, 'restricted');
}
