import { type FieldDraft, field as fieldOf } from '../../schema/fields.js';
import type { FieldDefinition } from '../../schema/types.js';
import { childOf, isTrue, numberOf, textOf, type XmlElement } from '../xml/element.js';
import { isRestricted, picklistValuesOf } from './picklist.js';
import { FIELD_TYPES } from './type-rules.js';

/** The field that a checked CustomField element asks for. */
export function defineField(from: XmlElement): FieldDefinition {
  const name = textOf(from, 'fullName');
  const type = textOf(from, 'type');
  const isFormula = childOf(from, 'formula') !== undefined;
  const derived = isFormula || type === 'Summary' || type === 'AutoNumber';
  const draft: FieldDraft = {
    label: textOf(from, 'label'),
    custom: true,
    help: textOf(from, 'inlineHelpText') || null,
    nillable:
      type !== 'Checkbox' && type !== 'MasterDetail' && type !== 'AutoNumber' && !isTrue(from, 'required'),
    createable: !derived,
    updateable: !derived && (type !== 'MasterDetail' || isTrue(from, 'reparentableMasterDetail')),
    unique: isTrue(from, 'unique'),
    externalId: isTrue(from, 'externalId'),
    caseSensitive: isTrue(from, 'caseSensitive'),
    calculated: isFormula || type === 'Summary',
    formula: textOf(from, 'formula') || null,
    defaultValue: isFormula ? null : defaultOf(from),
    ...computedDefaultOf(from),
    ...sizeOf(from),
    ...referenceOf(from),
    ...picklistOf(from),
  };
  return fieldOf(name, FIELD_TYPES.get(type)?.describedAs ?? 'string', draft);
}

function sizeOf(from: XmlElement): FieldDraft {
  const type = textOf(from, 'type');
  const length = numberOf(from, 'length');
  const precision = numberOf(from, 'precision');
  const scale = numberOf(from, 'scale');
  return {
    ...(Number.isNaN(length) ? {} : { length }),
    ...(Number.isNaN(precision) ? {} : { precision }),
    ...(Number.isNaN(scale) ? {} : { scale }),
    ...(type === 'AutoNumber' ? { length: 30 } : {}),
    ...(type === 'Text' && childOf(from, 'formula') ? { length: 1_300 } : {}),
  };
}

function referenceOf(from: XmlElement): FieldDraft {
  const target = textOf(from, 'referenceTo');
  if (target === '') return {};
  return {
    referenceTo: [target],
    relationshipName: textOf(from, 'fullName').replace(/__c$/, '__r'),
    childRelationshipName: `${textOf(from, 'relationshipName')}__r`,
    ...(textOf(from, 'type') === 'MasterDetail'
      ? { master: { readIsEnough: isTrue(from, 'writeRequiresMasterRead') } }
      : {}),
  };
}

function picklistOf(from: XmlElement): FieldDraft {
  if (!childOf(from, 'valueSet')) return {};
  const picklistValues = picklistValuesOf(from);
  return {
    picklistValues,
    restrictedPicklist: isRestricted(from),
    defaultValue: picklistValues.find((one) => one.isDefault)?.value ?? null,
  };
}

/** The one computed default that the embedded org works out: today, and days from there. */
function computedDefaultOf(from: XmlElement): FieldDraft {
  const text = textOf(from, 'defaultValue');
  const isDay = textOf(from, 'type') === 'Date' && /^TODAY\(\)\s*(?:[+-]\s*\d+)?$/i.test(text);
  return isDay ? { defaultFormula: text } : {};
}

/** A literal default; other computed ones are not applied by the embedded org. */
function defaultOf(from: XmlElement): string | number | boolean | null {
  const text = textOf(from, 'defaultValue');
  const type = textOf(from, 'type');
  if (type === 'Checkbox') return /^true$/i.test(text);
  if (text === '') return null;
  if (['Number', 'Currency', 'Percent'].includes(type))
    return Number.isNaN(Number(text)) ? null : Number(text);
  const quoted = /^(["'])([\s\S]*)\1$/.exec(text);
  if (quoted) return quoted[2] ?? null;
  return type === 'LongTextArea' ? text : null;
}
