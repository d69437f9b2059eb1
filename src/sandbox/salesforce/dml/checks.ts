import type { SObject } from '../schema/schema.js';
import type { DuplicateRule, FieldDefinition, Row } from '../schema/types.js';
import type { Org } from '../store/org.js';
import { rowsOf } from '../store/table.js';
import type { DmlError } from './contract.js';
import { refusal } from './refusal.js';

/** A row as it would be stored, and what it was before. */
export interface Candidate {
  readonly object: SObject;
  readonly row: Row;
  /** Null for a new row. */
  readonly before: Row | null;
  readonly allowDuplicates: boolean;
}

/** Everything that stands against storing this row, in the platform's order: required, owner, unique, duplicates, validation. */
export function objections(org: Org, candidate: Candidate): readonly DmlError[] {
  const first = [...missing(candidate), ...leftOwner(org, candidate), ...taken(org, candidate)];
  if (first.length > 0) {
    return first;
  }
  const duplicates = duplicateErrors(org, candidate);
  return duplicates.length > 0 ? duplicates : invalid(candidate);
}

function missing({ object, row, before }: Candidate): readonly DmlError[] {
  const names = object
    .fields()
    .filter((field) => isRequired(field) && (row[field.name] ?? null) === null)
    // An old row without a value that nobody touches stays as it is.
    .filter((field) => before === null || (before[field.name] ?? null) !== null)
    .map((field) => field.name);
  return names.length === 0
    ? []
    : [refusal('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names)];
}

function isRequired(field: FieldDefinition): boolean {
  return !field.nillable && field.createable && field.type !== 'boolean' && field.name !== 'OwnerId';
}

/** Nobody who has left can be given a record; what they still own can be changed. */
function leftOwner(org: Org, { object, row, before }: Candidate): readonly DmlError[] {
  const owner = row.OwnerId ?? null;
  if (typeof owner !== 'string' || before?.OwnerId === owner) return [];
  if (org.table('User').get(owner)?.IsActive !== false) return [];
  const message = `operation performed with inactive user [${owner}] as owner of ${object.name.toLowerCase()}`;
  return [refusal('INACTIVE_OWNER_OR_USER', message, [])];
}

function taken(org: Org, { object, row, before }: Candidate): readonly DmlError[] {
  const table = org.table(object.name);
  return object.fields().flatMap((field) => {
    const value = row[field.name] ?? null;
    if (!field.unique || value === null || before?.[field.name] === value) {
      return [];
    }
    const holder = rowsOf(table, table.withValue(field.name, value)).find(
      (other) =>
        other.Id !== row.Id &&
        other.IsDeleted !== true &&
        (!field.caseSensitive || other[field.name] === value),
    );
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${String(holder?.Id)}`;
    return holder === undefined ? [] : [refusal('DUPLICATE_VALUE', message, [])];
  });
}

function duplicateErrors(org: Org, candidate: Candidate): readonly DmlError[] {
  const rules = candidate.object.definition().duplicateRules ?? [];
  return rules.flatMap((rule) => {
    if (rule.action === 'alert' && candidate.allowDuplicates) {
      return [];
    }
    const matches = duplicatesOf(org, candidate, rule);
    return matches.length === 0 ? [] : [duplicateError(candidate.object, rule, matches)];
  });
}

function duplicatesOf(org: Org, { object, row, before }: Candidate, rule: DuplicateRule): readonly Row[] {
  const [first] = rule.fields;
  const unchanged = before !== null && rule.fields.every((field) => before[field] === row[field]);
  if (first === undefined || unchanged || rule.fields.some((field) => (row[field] ?? null) === null)) {
    return [];
  }
  const table = org.table(object.name);
  const same = (other: Row): boolean =>
    rule.fields.every(
      (field) => String(other[field] ?? '').toLowerCase() === String(row[field]).toLowerCase(),
    );
  return rowsOf(table, table.withValue(first, row[first] ?? null)).filter(
    (other) => other.Id !== row.Id && other.IsDeleted !== true && same(other),
  );
}

function duplicateError(object: SObject, rule: DuplicateRule, matches: readonly Row[]): DmlError {
  const message = 'Use one of these records?';
  const matchRecords = matches.map((row) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: object.name }, Id: row.Id },
  }));
  return {
    ...refusal('DUPLICATES_DETECTED', message, []),
    duplicateResult: {
      allowSave: rule.action === 'alert',
      duplicateRule: rule.name,
      duplicateRuleEntityType: object.name,
      errorMessage: message,
      matchResults: [
        {
          entityType: object.name,
          errors: [],
          matchEngine: 'ExactMatchEngine',
          matchRecords,
          rule: rule.name,
          size: matches.length,
          success: true,
        },
      ],
    },
  };
}

function invalid({ object, row }: Candidate): readonly DmlError[] {
  return object
    .definition()
    .validationRules.filter((rule) => rule.violatedBy(row))
    .map((rule) =>
      refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, rule.field === null ? [] : [rule.field]),
    );
}
