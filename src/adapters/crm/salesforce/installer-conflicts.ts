import type { FieldToInstall } from '../../../ports/crm.js';
import type { ObjectDescribe } from './schema.js';

type Existing = ObjectDescribe['fields'][number];

/** Describe's types that can hold what we write. */
const FITTING: Readonly<Record<FieldToInstall['type'], readonly string[]>> = {
  text: ['string', 'textarea', 'picklist', 'combobox'],
  'long-text': ['textarea'],
  number: ['double', 'int', 'percent', 'currency'],
  checkbox: ['boolean'],
  date: ['date'],
  picklist: ['picklist', 'string', 'combobox'],
};

/** Why an existing field cannot take what ours would hold; empty when it can. It is never overwritten. */
export function conflictOf(field: FieldToInstall, existing: Existing): readonly string[] {
  const name = `${field.object}.${field.name}`;
  if (existing.calculated) {
    return [`${name} exists and is a formula: map this fact to another field in mappings/salesforce.yaml.`];
  }
  if (!FITTING[field.type].includes(existing.type)) {
    return [
      `${name} exists as ${existing.type} and cannot hold ${field.type}: map this fact to another field in mappings/salesforce.yaml.`,
    ];
  }
  const text = field.type === 'text' || field.type === 'long-text';
  if (text && existing.type !== 'picklist' && existing.length < field.length) {
    return [
      `${name} exists with ${existing.length} characters and needs ${field.length}: lengthen it in Setup, or map this fact to another field.`,
    ];
  }
  return restricted(field, existing, name);
}

function restricted(field: FieldToInstall, existing: Existing, name: string): readonly string[] {
  if (!existing.restrictedPicklist) return [];
  const offered = new Set((existing.picklistValues ?? []).map((entry) => entry.value));
  const missing = field.values.filter((value) => !offered.has(value));
  if (field.values.length > 0 && missing.length === 0) return [];
  const what = missing.length > 0 ? `does not offer ${missing.join(', ')}` : 'may not offer our values';
  return [`${name} is a restricted picklist that ${what}: add the values in Setup, or lift the restriction.`];
}
