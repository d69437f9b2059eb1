import { field, lookup, picklist, READ_ONLY } from '../fields.js';
import { object, SETUP_TABLE } from './define.js';
import { RECORD_TYPE } from './sales.js';

const CASE = object('Case', '500', [
  lookup('MasterRecordId', 'Case', { ...READ_ONLY, relationshipName: 'MasterRecord' }),
  field('CaseNumber', 'string', {
    ...READ_ONLY,
    length: 30,
    nillable: false,
    nameField: true,
    displayFormat: '{00000000}',
  }),
  lookup('ContactId', 'Contact', { childRelationshipName: 'Cases' }),
  lookup('AccountId', 'Account', { childRelationshipName: 'Cases' }),
  lookup('ParentId', 'Case', { childRelationshipName: 'Cases' }),
  RECORD_TYPE,
  field('SuppliedName', 'string', { length: 80 }),
  field('SuppliedEmail', 'email'),
  field('SuppliedPhone', 'string', { length: 40 }),
  field('SuppliedCompany', 'string', { length: 80 }),
  picklist('Type', ['Mechanical', 'Electrical', 'Electronic', 'Structural', 'Other']),
  picklist('Status', ['New*', 'Working', 'Escalated', 'Closed']),
  picklist('Reason', [
    'Installation',
    'Equipment Complexity',
    'Performance',
    'Breakdown',
    'Equipment Design',
    'Feedback',
    'Other',
  ]),
  picklist('Origin', ['Phone', 'Email', 'Web']),
  field('Subject', 'string'),
  picklist('Priority', ['High', 'Medium*', 'Low']),
  field('Description', 'textarea', { length: 32_000 }),
  field('IsClosed', 'boolean', READ_ONLY),
  field('ClosedDate', 'datetime', READ_ONLY),
  field('IsEscalated', 'boolean'),
  lookup('OwnerId', ['Group', 'User'], { nillable: false }),
  field('ContactEmail', 'email', READ_ONLY),
  field('ContactPhone', 'phone', READ_ONLY),
  field('Comments', 'textarea', { length: 4_000 }),
  field('LastViewedDate', 'datetime', READ_ONLY),
  field('LastReferencedDate', 'datetime', READ_ONLY),
]);

/** A status table: `CaseStatus`, `TaskStatus`. */
export function statusTable(name: string, keyPrefix: string): ReturnType<typeof object> {
  return object(
    name,
    keyPrefix,
    [
      field('MasterLabel', 'string', { nillable: false, nameField: true }),
      field('ApiName', 'string'),
      field('SortOrder', 'int', { precision: 9 }),
      field('IsDefault', 'boolean'),
      field('IsClosed', 'boolean'),
    ],
    SETUP_TABLE,
  );
}

export const SERVICE = [CASE, statusTable('CaseStatus', '0CS')];
