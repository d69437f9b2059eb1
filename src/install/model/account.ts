import type { CrmMapping } from '../../ports/mapping.js';
import type { FieldKind, OrgField } from '../../ports/org-model.js';
import { ACCOUNT_FIELDS, type FieldShape, TIER_LOCK } from '../account-fields.js';
import { checkbox, date, draft, fieldFrom, longText, number, text } from './field-draft.js';

/** The account as the mapping names it, with the fields of ours on it. */
export interface AccountModel {
  readonly object: string;
  /** What the service writes, the customer's own fields among them. */
  readonly written: readonly string[];
  /** The checkbox with which an admin holds the tier, or null. */
  readonly lock: string | null;
  /** Fields that are ours to create. */
  readonly fields: readonly OrgField[];
}

export const BAND_IMAGE = 'Truenorth_Band_Image__c';

export function accountModel(mapping: CrmMapping): AccountModel {
  const object = mapping.objects.find(({ kind }) => kind === 'account')?.object ?? 'Account';
  const written = mapping.write.map(({ fact, field }) => shaped(object, field, ACCOUNT_FIELDS[fact]));
  const lock = mapping.tierLockField;
  const band = mapping.write.find(({ fact }) => fact === 'band')?.field ?? null;
  return {
    object,
    written: written.map(({ name }) => name),
    lock,
    fields: [
      ...written,
      ...(lock === null ? [] : [shaped(object, lock, TIER_LOCK)]),
      ...(band?.endsWith('__c') ? [bandImage(object, band)] : []),
    ].filter(({ name }) => name.endsWith('__c')),
  };
}

function shaped(object: string, name: string, shape: FieldShape): OrgField {
  return fieldFrom(object, name, draft(shape.label, KINDS[shape.type](shape), shape.help));
}

/** A score or a percent: at most three digits. */
const KINDS: Readonly<Record<FieldShape['type'], (shape: FieldShape) => FieldKind>> = {
  text: ({ length }) => text(length),
  'long-text': ({ length }) => longText(length, 8),
  number: () => number(3),
  checkbox: () => checkbox,
  date: () => date,
};

/** Pictures that every org has, so that nothing is fetched from elsewhere; their texts name the band for who can't see them. */
const PICTURES = {
  healthy: '/img/msg_icons/confirm16.png',
  watch: '/img/msg_icons/warning16.png',
  risk: '/img/msg_icons/error16.png',
} as const;
const OTHERWISE = '/img/msg_icons/info16.png';

function bandImage(object: string, band: string): OrgField {
  const cases = Object.entries(PICTURES).map(
    ([value, picture]) => `"${value}", ${imageOf(picture, value)}, `,
  );
  const formula = `CASE(${band}, ${cases.join('')}${imageOf(OTHERWISE, 'unknown')})`;
  const help = 'The health band as a picture. It follows the band by itself.';
  return fieldFrom(object, BAND_IMAGE, draft('Health', { type: 'formula', result: 'text', formula }, help));
}

function imageOf(picture: string, band: string): string {
  return `IMAGE("${picture}", "Health: ${band}", 16, 16)`;
}
