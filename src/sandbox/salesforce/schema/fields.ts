import type { FieldDefinition } from './types.js';

/** What a field is when nothing else is said: an optional, writable, standard one. */
const PLAIN: Omit<FieldDefinition, 'name' | 'label' | 'type'> = {
  length: 0,
  precision: 0,
  scale: 0,
  custom: false,
  nillable: true,
  createable: true,
  updateable: true,
  unique: false,
  externalId: false,
  caseSensitive: false,
  calculated: false,
  formula: null,
  defaultValue: null,
  referenceTo: [],
  relationshipName: null,
  childRelationshipName: null,
  picklistValues: [],
  restrictedPicklist: false,
  help: null,
};

/** Lengths that the platform gives a type by itself. */
const LENGTHS: Readonly<Record<string, number>> = {
  id: 18,
  reference: 18,
  string: 255,
  picklist: 255,
  combobox: 255,
  multipicklist: 4099,
  textarea: 255,
  phone: 40,
  email: 80,
  url: 255,
};

const NUMBERS: Readonly<Record<string, { readonly precision: number; readonly scale: number }>> = {
  double: { precision: 18, scale: 0 },
  currency: { precision: 18, scale: 2 },
  percent: { precision: 18, scale: 2 },
};

export type FieldDraft = Partial<Omit<FieldDefinition, 'name' | 'type'>>;

/** A whole field definition from its name, type and what is special about it. */
export function field(name: string, type: string, draft: FieldDraft = {}): FieldDefinition {
  return {
    ...PLAIN,
    length: LENGTHS[type] ?? 0,
    ...(NUMBERS[type] ?? {}),
    // A checkbox is never null.
    ...(type === 'boolean' ? { nillable: false, defaultValue: false } : {}),
    label: labelOf(name),
    custom: name.endsWith('__c'),
    ...draft,
    name,
    type,
  };
}

/** A lookup: `AccountId` to Account is followed as `Account` and seen from there as `child`. */
export function lookup(
  name: string,
  to: string | readonly string[],
  draft: FieldDraft = {},
): FieldDefinition {
  const relationshipName = name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
  return field(name, 'reference', {
    referenceTo: typeof to === 'string' ? [to] : to,
    relationshipName,
    ...draft,
  });
}

/** A picklist of these values; the one that ends in `*` is the default. */
export function picklist(name: string, values: readonly string[], draft: FieldDraft = {}): FieldDefinition {
  return field(name, 'picklist', {
    picklistValues: values.map((text) => {
      const value = text.replace(/\*$/, '');
      return { value, label: value, isDefault: text.endsWith('*') };
    }),
    defaultValue: values.find((value) => value.endsWith('*'))?.replace(/\*$/, '') ?? null,
    ...draft,
  });
}

/** Set by the platform: never by a client. */
export const READ_ONLY: FieldDraft = { createable: false, updateable: false };

/** `NumberOfEmployees` -> `Number Of Employees`; `Health_Score__c` -> `Health Score`. */
function labelOf(name: string): string {
  return name
    .replace(/__[a-z]+$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/ Id$/, ' ID');
}

/** The fields that every object has: id, deletion, who and when, change stamp. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'id', { ...READ_ONLY, nillable: false, label: 'Record ID' }),
  field('IsDeleted', 'boolean', { ...READ_ONLY, label: 'Deleted' }),
  field('CreatedDate', 'datetime', { ...READ_ONLY, nillable: false }),
  lookup('CreatedById', 'User', { ...READ_ONLY, nillable: false }),
  field('LastModifiedDate', 'datetime', { ...READ_ONLY, nillable: false }),
  lookup('LastModifiedById', 'User', { ...READ_ONLY, nillable: false }),
  field('SystemModstamp', 'datetime', { ...READ_ONLY, nillable: false }),
];
