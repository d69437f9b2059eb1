import type { FieldDefinition } from '../../schema/types.js';
import { element, type XmlElement } from '../xml/element.js';

/** A custom field that was never deployed (it came with the book) as the platform would write it. */
export function renderField(field: FieldDefinition): XmlElement {
  const type = typeOf(field);
  const parts: Record<string, string | readonly XmlElement[] | null> = {
    fullName: field.name,
    defaultValue: type === 'Checkbox' ? String(field.defaultValue === true) : null,
    externalId: field.externalId ? 'true' : 'false',
    formula: field.formula,
    inlineHelpText: field.help,
    label: field.label,
    length: ['Text', 'LongTextArea'].includes(type) && field.formula === null ? String(field.length) : null,
    precision: isNumeric(type) ? String(field.precision) : null,
    referenceTo: field.referenceTo[0] ?? null,
    relationshipName: field.childRelationshipName?.replace(/__r$/, '') ?? null,
    required: type === 'Checkbox' ? null : String(!field.nillable),
    scale: isNumeric(type) ? String(field.scale) : null,
    type,
    unique: field.unique ? 'true' : null,
    valueSet: ['Picklist', 'MultiselectPicklist'].includes(type) ? valueSetOf(field) : null,
    visibleLines: VISIBLE_LINES[type] ?? null,
  };
  const children = Object.entries(parts).flatMap(([name, content]) =>
    content === null ? [] : [element(name, content)],
  );
  return element('CustomField', children);
}

const VISIBLE_LINES: Readonly<Record<string, string>> = { LongTextArea: '3', MultiselectPicklist: '4' };

const TYPES: Readonly<Record<string, string>> = {
  boolean: 'Checkbox',
  currency: 'Currency',
  date: 'Date',
  datetime: 'DateTime',
  double: 'Number',
  email: 'Email',
  int: 'Number',
  multipicklist: 'MultiselectPicklist',
  percent: 'Percent',
  phone: 'Phone',
  picklist: 'Picklist',
  reference: 'Lookup',
  string: 'Text',
  time: 'Time',
  url: 'Url',
};

/** The Metadata API's name for a field's type. */
export function typeOf(field: FieldDefinition): string {
  if (field.type === 'textarea') return field.length > 255 ? 'LongTextArea' : 'TextArea';
  if (field.displayFormat !== undefined) return 'AutoNumber';
  return TYPES[field.type] ?? 'Text';
}

function isNumeric(type: string): boolean {
  return ['Currency', 'Number', 'Percent'].includes(type);
}

function valueSetOf(field: FieldDefinition): readonly XmlElement[] {
  const values = field.picklistValues.map((one) =>
    element('value', [
      element('fullName', one.value),
      element('default', String(one.isDefault)),
      element('label', one.label),
    ]),
  );
  return [
    element('restricted', String(field.restrictedPicklist)),
    element('valueSetDefinition', [element('sorted', 'false'), ...values]),
  ];
}
