import type { FieldKind, OrgField } from '../../ports/org-model.js';

/** A field as its object's table says it: what people read, and what it holds. */
export interface FieldDraft {
  readonly label: string;
  readonly help: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly startsAs: string | null;
}

/** Kinds of fields, as short as a table needs them. */
export const text = (length: number): FieldKind => ({ type: 'text', length });
export const textArea: FieldKind = { type: 'text-area' };
export const longText = (length: number, lines: number): FieldKind => ({ type: 'long-text', length, lines });
export const number = (digits: number, scale = 0): FieldKind => ({ type: 'number', digits, scale });
export const checkbox: FieldKind = { type: 'checkbox' };
export const date: FieldKind = { type: 'date' };
export const datetime: FieldKind = { type: 'datetime' };

/** Values that people choose: an admin may add to them. */
export const choice = (...values: readonly string[]): FieldKind => ({
  type: 'picklist',
  values,
  restricted: false,
});
/** Values that we act on: others would mean nothing to us. */
export const strictChoice = (...values: readonly string[]): FieldKind => ({
  type: 'picklist',
  values,
  restricted: true,
});
export const parent = (to: string, relationship: string, title: string): FieldKind => ({
  type: 'parent',
  to,
  relationship,
  title,
});
export const lookup = (to: string, relationship: string, title: string): FieldKind => ({
  type: 'lookup',
  to,
  relationship,
  title,
});

export function draft(label: string, kind: FieldKind, help: string): FieldDraft {
  return { label, kind, help, required: false, startsAs: null };
}

/** People make these records: without this they would say nothing. */
export function required(field: FieldDraft): FieldDraft {
  return { ...field, required: true };
}

export function startingAs(formula: string, field: FieldDraft): FieldDraft {
  return { ...field, startsAs: formula };
}

export function fieldFrom(object: string, name: string, field: FieldDraft): OrgField {
  return { object, name, externalId: false, ...field };
}
