import { SYSTEM_FIELDS } from '../fields.js';
import type { FieldDefinition, ObjectDefinition } from '../types.js';

type Draft = Partial<Omit<ObjectDefinition, 'name' | 'keyPrefix' | 'fields'>>;

/** A standard object: its prefix and its own fields; the system fields come by themselves. */
export function object(
  name: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
  draft: Draft = {},
): ObjectDefinition {
  const label = draft.label ?? name.replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    labelPlural: `${label}s`,
    custom: name.endsWith('__c'),
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    replicateable: true,
    validationRules: [],
    ...draft,
    name,
    label,
    keyPrefix,
    fields: [...SYSTEM_FIELDS, ...fields],
  };
}

/** For tables that the platform keeps itself. */
export const SETUP_TABLE: Draft = {
  createable: false,
  updateable: false,
  deletable: false,
  replicateable: false,
};
