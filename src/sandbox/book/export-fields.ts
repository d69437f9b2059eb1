import { field, lookup, picklist } from '../salesforce/schema/fields.js';
import type { FieldDefinition } from '../salesforce/schema/types.js';
import type { ColumnSurvey } from './export-columns.js';

/** Key prefix -> object name. */
export type Prefixes = ReadonlyMap<string, string>;

const MAIL = /e-?mail/i;
const LONGEST_STRING = 255;

/** The field that a column of an export most likely was. */
export function fieldFor(column: ColumnSurvey, prefixes: Prefixes): FieldDefinition {
  const { name } = column;
  switch (column.shape) {
    case 'boolean':
    case 'date':
    case 'datetime':
      return field(name, column.shape);
    case 'number':
      return field(name, 'double', { precision: 18, scale: Math.min(column.decimals, 8) });
    case 'id':
      return referenceOrText(column, prefixes);
    default:
      return textField(column);
  }
}

function referenceOrText(column: ColumnSurvey, prefixes: Prefixes): FieldDefinition {
  const targets = column.prefixes.map((prefix) => prefixes.get(prefix));
  const known = targets.filter((target) => target !== undefined);
  return known.length === targets.length && known.length > 0 ? lookup(column.name, known) : textField(column);
}

function textField(column: ColumnSurvey): FieldDefinition {
  const { name, few, filled, longest, unique } = column;
  if (longest > LONGEST_STRING) return field(name, 'textarea', { length: 131_072 });
  if (MAIL.test(name)) return field(name, 'email');
  if (few !== null && filled >= few.length * 3 && longest <= 80) return picklist(name, few);
  const key = unique && /key|extern|ext_|_id__c$/i.test(name);
  return field(name, 'string', { externalId: key, unique: key });
}

/** `ARR__c double, 480 of 500 filled`. */
export function describeField(column: ColumnSurvey, definition: FieldDefinition, rows: number): string {
  const to = definition.referenceTo.length > 0 ? ` to ${definition.referenceTo.join(' or ')}` : '';
  const values = definition.picklistValues.length > 0 ? ` of ${definition.picklistValues.length}` : '';
  return `${column.name} ${definition.type}${to}${values}, ${column.filled} of ${rows} filled`;
}
