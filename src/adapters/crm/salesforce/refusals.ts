import type { Refusal } from '../../../ports/errors.js';

/** What a person can do about each refusal code. */
const ADVICE: Readonly<Record<string, string>> = {
  FIELD_CUSTOM_VALIDATION_EXCEPTION:
    'A validation rule of the org refuses the record as it stands: correct the record, or exempt the integration user in the rule.',
  INVALID_FIELD:
    'The integration user cannot see the field: run `truenorth install --apply`, or correct the name in mappings/salesforce.yaml.',
  INVALID_FIELD_FOR_INSERT_UPDATE:
    'The integration user may not edit the field: run `truenorth install --apply` to give it field-level access.',
  InvalidBatch:
    'A column of the upload is unknown to the integration user: run `truenorth install --apply`, or correct mappings/salesforce.yaml.',
  STRING_TOO_LONG: 'The text is longer than the field allows: lengthen the field in Salesforce.',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:
    'The picklist does not offer this value: add the value to the picklist, or lift its restriction.',
  NUMBER_OUTSIDE_VALID_RANGE:
    'The number has more digits than the field allows: widen the field in Salesforce.',
  REQUIRED_FIELD_MISSING: 'The record lacks a required field: fill it in Salesforce, then retry.',
  FIELD_INTEGRITY_EXCEPTION:
    'A value contradicts another field of the record: correct the record, then retry.',
  UNABLE_TO_LOCK_ROW: 'Somebody else was changing the record at the same time: retry later.',
  ENTITY_IS_DELETED: 'The record is in the recycle bin: restore it, or let the next run forget it.',
  INVALID_CROSS_REFERENCE_KEY: 'The record no longer exists or is hidden from the integration user.',
  NOT_FOUND: 'The record no longer exists or is hidden from the integration user.',
  MALFORMED_ID: 'The id is not one of this object: correct the mapping.',
  DUPLICATE_VALUE: 'Another record already holds this unique value: merge or correct one of them.',
  DUPLICATES_DETECTED: 'A duplicate rule of the org blocks the record: merge the duplicates, then retry.',
  STORAGE_LIMIT_EXCEEDED: 'The data storage of the org is full: free storage, then retry.',
  INSUFFICIENT_ACCESS_OR_READONLY:
    'The integration user may not edit this record: check sharing and record types.',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY:
    'The integration user may not see a record that this one points to: check sharing.',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:
    'A trigger or flow of the org failed on this record: show the message to its developer.',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'A flow of the org failed on this record: show the message to its owner.',
  INACTIVE_OWNER_OR_USER: 'The owner of the record is inactive: assign another owner, then retry.',
  CANNOT_UPDATE_CONVERTED_LEAD: 'The lead was converted: its contact is the record to change.',
  LIMIT_EXCEEDED: 'A limit of the org was reached while the record was saved: retry later.',
  NOT_PROCESSED: 'The job ended before this record came up: retry.',
  JOB_FAILED: 'The job failed as a whole: retry, and look at Setup > Bulk Data Load Jobs.',
};

const MAY_PASS_LATER: ReadonlySet<string> = new Set([
  'UNABLE_TO_LOCK_ROW',
  'LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
  'QUERY_TIMEOUT',
  'PROCESSING_HALTED',
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'NOT_PROCESSED',
  'JOB_FAILED',
]);

const GENERAL_ADVICE = 'Correct the record in Salesforce as the message says, then retry.';
const LONGEST_MESSAGE = 200;

/** A refusal with its advice. Messages may quote field contents: addresses and quoted values are cut out. */
export function refusal(code: string, message: string, fields: readonly string[] = []): Refusal {
  const retryable = MAY_PASS_LATER.has(code);
  const advice = ADVICE[code] ?? (retryable ? 'Retry later.' : GENERAL_ADVICE);
  return { code, message: shorten(message), fields, retryable, advice };
}

/** One line, no e-mail address, no field content, at most 200 characters. */
export function shorten(message: string): string {
  const line = message
    .replace(/\s+/g, ' ')
    .replace(/[^\s@"'<>]+@[^\s@"'<>]+\.[^\s@"'<>]+/g, '…')
    .replace(/(data value too large:|bad value for restricted picklist field:) .*?( \(|$)/, '$1 …$2')
    .trim();
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE - 1)}…`;
}

/**
 * `sf__Error` of a bulk result: `CODE:message:Field1 Field2 --`. The tail is absent or `--` alone
 * when no field is to blame (seen in Data Loader output; facts checked 2026-11).
 */
export function bulkRefusal(text: string): Refusal {
  const match = /^([A-Za-z_]+):([\s\S]*?)(?::([A-Za-z0-9_, ]*)--)?$/.exec(text.trim());
  if (!match) return refusal('UNKNOWN_EXCEPTION', text);
  const fields = (match[3] ?? '').split(/[ ,]+/).filter((name) => name !== '');
  return refusal(match[1] ?? '', match[2] ?? '', fields);
}
