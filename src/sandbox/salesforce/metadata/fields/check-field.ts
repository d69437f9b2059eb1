import type { Schema, SObject } from '../../schema/schema.js';
import { error, type Problem } from '../types/problem.js';
import { childOf, isTrue, numberOf, textOf, type XmlElement } from '../xml/element.js';
import { formulaProblem } from './check-formula.js';
import { checkReference } from './check-reference.js';
import { checkValueSet } from './picklist.js';
import { FIELD_TYPES, rangeOf, TYPED_ATTRIBUTES } from './type-rules.js';

const BOOLEAN_ATTRIBUTES: ReadonlySet<string> = new Set([
  'caseSensitive',
  'externalId',
  'reparentableMasterDetail',
  'required',
  'unique',
  'writeRequiresMasterRead',
]);
const TEXT_LIMITS: Readonly<Record<string, number>> = { label: 40, description: 1_000, inlineHelpText: 510 };
const MOST_CUSTOM_FIELDS = 500;

/** Everything the platform refuses in a custom field, as far as it is known; see the README for sources. */
export function checkField(field: XmlElement, on: SObject, schema: Schema): readonly Problem[] {
  const type = textOf(field, 'type');
  const rule = FIELD_TYPES.get(type);
  const naming = [...checkName(field, on), ...checkTexts(field)];
  if (type === '') return [...naming, error("Must specify 'type' for a CustomField", field)];
  if (!rule)
    return [...naming, error(`'${type}' is not a valid value for the enum 'FieldType' in this org`, field)];
  const isFormula = childOf(field, 'formula') !== undefined && type !== 'Summary';
  return [
    ...naming,
    ...(isFormula ? checkFormula(field, on, schema) : checkAttributes(field)),
    ...checkRanges(field),
    ...checkDefault(field),
    ...checkValueSet(field),
    ...(rule.describedAs === 'reference' ? checkReference(field, on, schema) : []),
  ];
}

function checkName(field: XmlElement, on: SObject): readonly Problem[] {
  const name = textOf(field, 'fullName');
  if (!name.endsWith('__c')) return [error("Could not resolve standard field's name.", field)];
  const own = name.slice(0, -3);
  const wellFormed = /^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/.test(own.replace(/^[A-Za-z0-9]{1,15}__/, ''));
  if (!wellFormed || own.length > 40) {
    return [
      error(
        `The field name you provided ${name} on object ${on.name} can only contain alphanumeric characters, must begin with a letter, cannot end with an underscore or contain two consecutive underscore characters, and must be at most 40 characters long`,
        field,
      ),
    ];
  }
  const isNew = on.field(name) === null;
  const count = on.fields().filter((one) => one.custom).length;
  return isNew && count >= MOST_CUSTOM_FIELDS
    ? [error(`Reached the limit of ${MOST_CUSTOM_FIELDS} custom fields on ${on.name}`, field)]
    : [];
}

function checkTexts(field: XmlElement): readonly Problem[] {
  const problems = Object.entries(TEXT_LIMITS)
    .filter(([name, most]) => textOf(field, name).length > most)
    .map(([name, most]) => error(`Value too long for field: ${name} maximum length is:${most}`, field));
  return textOf(field, 'label') === ''
    ? [error('Must specify a non-empty label for the CustomField', field), ...problems]
    : problems;
}

function isGiven(field: XmlElement, attribute: string): boolean {
  // MasterDetail carries no `required` at all, not even false (deploy refuses it).
  const strict = attribute === 'required' && textOf(field, 'type') === 'MasterDetail';
  return BOOLEAN_ATTRIBUTES.has(attribute) && !strict
    ? isTrue(field, attribute)
    : childOf(field, attribute) !== undefined;
}

function checkAttributes(field: XmlElement): readonly Problem[] {
  const type = textOf(field, 'type');
  const { must = [], may = [] } = FIELD_TYPES.get(type) ?? {};
  const missing = must
    .filter((attribute) => !isGiven(field, attribute))
    .map((attribute) => error(`Must specify '${attribute}' for a CustomField of type ${type}`, field));
  return [...missing, ...forbidden(field, [...must, ...may])];
}

function forbidden(field: XmlElement, allowed: readonly string[]): readonly Problem[] {
  const type = textOf(field, 'type');
  return TYPED_ATTRIBUTES.filter(
    (attribute) => !allowed.includes(attribute) && isGiven(field, attribute),
  ).map((attribute) =>
    error(
      `Can not specify '${attribute}' for a CustomField of type ${type}`,
      childOf(field, attribute) ?? field,
    ),
  );
}

function checkFormula(field: XmlElement, on: SObject, schema: Schema): readonly Problem[] {
  const type = textOf(field, 'type');
  if (FIELD_TYPES.get(type)?.formula !== true) {
    return [error(`Can not specify 'formula' for a CustomField of type ${type}`, field)];
  }
  const problem = formulaProblem(textOf(field, 'formula'), on, schema);
  const wrong = problem === null ? [] : [error(problem, childOf(field, 'formula') ?? field)];
  const numeric = ['Number', 'Currency', 'Percent'].includes(type);
  return [...wrong, ...forbidden(field, numeric ? ['precision', 'scale'] : [])];
}

function checkRanges(field: XmlElement): readonly Problem[] {
  const type = textOf(field, 'type');
  const problems = ['length', 'precision', 'scale', 'visibleLines', 'relationshipOrder'].flatMap(
    (attribute) => {
      const range = rangeOf(type, attribute);
      const given = numberOf(field, attribute);
      if (
        !range ||
        Number.isNaN(given) ||
        (given >= range[0] && given <= range[1] && Number.isInteger(given))
      )
        return [];
      return [
        error(
          `${attribute} of a CustomField of type ${type} must be a whole number between ${range[0]} and ${range[1]}`,
          field,
        ),
      ];
    },
  );
  return numberOf(field, 'scale') > numberOf(field, 'precision')
    ? [...problems, error('scale cannot be greater than precision', field)]
    : problems;
}

function checkDefault(field: XmlElement): readonly Problem[] {
  const isCheckbox = textOf(field, 'type') === 'Checkbox' && childOf(field, 'formula') === undefined;
  const given = childOf(field, 'defaultValue');
  return isCheckbox && given && !/^(true|false)$/i.test(given.text.trim())
    ? [error('The default value of a Checkbox must be true or false', given)]
    : [];
}
