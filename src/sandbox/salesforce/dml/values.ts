import { isId, toId18 } from '../ids.js';
import type { FieldDefinition, Value } from '../schema/types.js';
import { refuse } from './refusal.js';

/** A received value in its stored form; refuses what the type, length, range or picklist forbids. Null and '' clear. */
export function storedValue(field: FieldDefinition, received: unknown): Value {
  if (field.type === 'boolean') {
    return booleanValue(field, received);
  }
  if (received === null || received === undefined || received === '') {
    return null;
  }
  switch (field.type) {
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent':
      return numberValue(field, received);
    case 'date':
      return dateValue(field, received);
    case 'datetime':
      return timeValue(field, received);
    case 'id':
    case 'reference':
      return idValue(field, received);
    default:
      return textValue(field, plainText(field, received));
  }
}

function wrongType(field: FieldDefinition, received: unknown): never {
  return refuse(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    `${field.label}: value not of required type: ${String(received)}`,
    [field.name],
  );
}

/** The CLI sends everything as text. */
function booleanValue(field: FieldDefinition, received: unknown): boolean {
  if (typeof received === 'boolean') {
    return received;
  }
  const text = String(received ?? '').toLowerCase();
  if (['true', '1', 'yes'].includes(text)) {
    return true;
  }
  return ['false', '0', 'no', ''].includes(text) ? false : wrongType(field, received);
}

function numberValue(field: FieldDefinition, received: unknown): number {
  const number =
    typeof received === 'number'
      ? received
      : typeof received === 'string'
        ? Number(received.trim())
        : Number.NaN;
  if (!Number.isFinite(number)) {
    return wrongType(field, received);
  }
  const scale = field.type === 'int' || field.type === 'long' ? 0 : field.scale;
  const rounded = Number(roundHalfUp(number, scale));
  const digits = field.precision === 0 ? 18 : field.precision - scale;
  if (Math.abs(rounded) >= 10 ** digits) {
    const message = `${field.label}: value outside of valid range on numeric field: ${String(received)}`;
    return refuse('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]);
  }
  return rounded;
}

function roundHalfUp(number: number, scale: number): string {
  const shifted = Number(`${Math.abs(number)}e${scale}`);
  if (Number.isNaN(shifted)) {
    return number.toFixed(scale);
  }
  const whole = Math.round(shifted);
  return `${number < 0 ? '-' : ''}${Number(`${whole}e-${scale}`)}`;
}

const DATE = /^\d{4}-\d{2}-\d{2}/;

function dateValue(field: FieldDefinition, received: unknown): string {
  const text = String(received);
  const day = text.slice(0, 10);
  const at = Date.parse(`${day}T00:00:00Z`);
  // 31 February parses to March elsewhere; here it is refused.
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return DATE.test(text) && real && !Number.isNaN(Date.parse(text)) ? day : wrongType(field, received);
}

function timeValue(field: FieldDefinition, received: unknown): string {
  const text = String(received);
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN;
  // Seconds are the finest that is kept (facts §2).
  return Number.isNaN(at) ? wrongType(field, received) : new Date(Math.floor(at / 1000) * 1000).toISOString();
}

function idValue(field: FieldDefinition, received: unknown): string {
  const text = String(received);
  if (!isId(text)) {
    return refuse('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, [field.name]);
  }
  return text.length === 15 ? toId18(text) : text;
}

function plainText(field: FieldDefinition, received: unknown): string {
  return typeof received === 'object' ? wrongType(field, JSON.stringify(received)) : String(received);
}

const EMAIL = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@.<>(),;:"[\]]+$/;

function textValue(field: FieldDefinition, text: string): string {
  if (field.length > 0 && text.length > field.length) {
    const shown = text.length > 255 ? `${text.slice(0, 255)}...` : text;
    const message = `${field.label}: data value too large: ${shown} (max length=${field.length})`;
    return refuse('STRING_TOO_LONG', message, [field.name]);
  }
  if (field.type === 'email' && !EMAIL.test(text)) {
    return refuse('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
  }
  if (field.type === 'picklist' || field.type === 'multipicklist') {
    return picklistValue(field, text);
  }
  return text;
}

/** Known values get the letter case of their definition; unknown ones pass unless the list is restricted. */
function picklistValue(field: FieldDefinition, text: string): string {
  const chosen = field.type === 'multipicklist' ? text.split(';') : [text];
  return chosen
    .map((one) => {
      const known = field.picklistValues.find((entry) => entry.value.toLowerCase() === one.toLowerCase());
      if (known === undefined && field.restrictedPicklist) {
        const message = `${field.label}: bad value for restricted picklist field: ${one}`;
        return refuse('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
      }
      return known?.value ?? one;
    })
    .join(';');
}
