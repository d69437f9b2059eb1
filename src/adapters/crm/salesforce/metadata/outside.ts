import type { OrgModel } from '../../../../ports/org-model.js';
import type { Reading } from '../reading.js';
import type { ObjectDescribe } from '../schema.js';
import type { Fields, KnownField } from './source-world.js';

type Field = ObjectDescribe['fields'][number];

/** Describe's types in the Metadata API's words, as far as a check asks for them. */
const TYPES: Readonly<Record<string, string>> = {
  boolean: 'Checkbox',
  currency: 'Currency',
  date: 'Date',
  datetime: 'DateTime',
  double: 'Number',
  int: 'Number',
  percent: 'Percent',
  picklist: 'Picklist',
  reference: 'Lookup',
  string: 'Text',
};

const LONGEST_AREA = 255;

/** Fields of the objects that are not ours but that ours refer to, as the integration user sees them. */
export async function outsideOf(reading: Reading, model: OrgModel): Promise<Fields> {
  const own = new Set(model.objects.map(({ name }) => name));
  const referred = model.fields.flatMap(({ object, kind }) =>
    kind.type === 'lookup' || kind.type === 'parent' ? [object, kind.to] : [object],
  );
  const theirs = [...new Set([...referred, 'User'])].filter((name) => !own.has(name));
  const described = await reading.catalogue.describe(theirs);
  return new Map(
    described.map(({ name, fields }) => [
      name,
      new Map(fields.map((field) => [field.name, knownField(field)])),
    ]),
  );
}

function knownField(field: Field): KnownField {
  const isLong = field.type === 'textarea' && field.length > LONGEST_AREA;
  const [referenceTo = ''] = field.referenceTo ?? [];
  return {
    type: field.type === 'textarea' ? (isLong ? 'LongTextArea' : 'TextArea') : (TYPES[field.type] ?? ''),
    required: !field.permissionable && !field.nillable && field.type !== 'boolean',
    formula: field.calculated,
    referenceTo,
    relationship: '',
  };
}
