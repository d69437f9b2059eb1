import type { PropertyProblem } from '../errors.js';
import type { PropertyDefinition } from '../schema/property.js';
import type { PropertyTable } from '../schema/property-table.js';
import { isAddress } from '../store/known-people.js';

const LONGEST_TEXT = 65_536;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export interface CheckedValues {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly PropertyProblem[];
}

/** Values in the form in which they are kept, and what is wrong with the others. '' clears a property. */
export function checkValues(written: Readonly<Record<string, string>>, table: PropertyTable): CheckedValues {
  const problems: PropertyProblem[] = [];
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    const property = table.find(name);
    const checked = property === null ? missing(name) : checkValue(property, value);
    if (typeof checked === 'string') values[name] = checked;
    else problems.push(checked);
  }
  return { values, problems };
}

function missing(name: string): PropertyProblem {
  return { name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` };
}

function checkValue(property: PropertyDefinition, value: string): string | PropertyProblem {
  const { name } = property;
  if (property.modificationMetadata.readOnlyValue || property.calculated) {
    return {
      name,
      error: 'READ_ONLY_VALUE',
      message: `${name} is a read only property; its value cannot be set.`,
    };
  }
  if (value === '') return '';
  const kept = CHECKS[property.type]?.(value, property) ?? checkText(value, property);
  return kept.ok ? kept.value : { name, error: kept.error, message: kept.message };
}

type Checked =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly error: string; readonly message: string };

const CHECKS: Readonly<Record<string, (value: string, property: PropertyDefinition) => Checked>> = {
  number: (value) =>
    Number.isFinite(Number(value)) && value.trim() !== ''
      ? { ok: true, value: value.trim() }
      : { ok: false, error: 'INVALID_LONG', message: `${value} was not a valid long.` },
  bool: (value, property) => checkOption(value, property),
  enumeration: (value, property) => checkOption(value, property),
  date: (value) => checkDate(value),
  datetime: (value) => checkInstant(value),
};

function checkOption(value: string, property: PropertyDefinition): Checked {
  const allowed = property.options.map((option) => option.value);
  const wanted = property.fieldType === 'checkbox' ? value.replace(/^;/, '').split(';') : [value];
  if (wanted.every((one) => allowed.includes(one))) return { ok: true, value };
  const message = `${value} was not one of the allowed options: [${allowed.join(', ')}]`;
  return { ok: false, error: 'INVALID_OPTION', message };
}

/** A date is `YYYY-MM-DD` or milliseconds at midnight UTC. */
function checkDate(value: string): Checked {
  const at = DATE.test(value)
    ? Date.parse(`${value}T00:00:00Z`)
    : /^-?\d+$/.test(value)
      ? Number(value)
      : Number.NaN;
  if (!Number.isNaN(at) && at % DAY_MS === 0)
    return { ok: true, value: new Date(at).toISOString().slice(0, 10) };
  return { ok: false, error: 'INVALID_DATE', message: `${value} is not at midnight UTC.` };
}

function checkInstant(value: string): Checked {
  const at = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
  if (!Number.isNaN(at)) return { ok: true, value: new Date(at).toISOString() };
  return { ok: false, error: 'INVALID_DATE', message: `${value} was not a valid date.` };
}

function checkText(value: string, property: PropertyDefinition): Checked {
  if (value.length > LONGEST_TEXT) {
    return { ok: false, error: 'TEXT_TOO_LONG', message: `Value is longer than ${LONGEST_TEXT} characters.` };
  }
  const addresses = addressesIn(property.name, value);
  const bad = addresses.find((address) => !isAddress(address));
  if (bad !== undefined) {
    return { ok: false, error: 'INVALID_EMAIL', message: `Email address ${bad} is invalid` };
  }
  return { ok: true, value: addresses.length > 0 ? addresses.join(';') : value };
}

function addressesIn(name: string, value: string): readonly string[] {
  if (name === 'email') return [value.trim().toLowerCase()];
  if (name !== 'hs_additional_emails') return [];
  return value
    .toLowerCase()
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
