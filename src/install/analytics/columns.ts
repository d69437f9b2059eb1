import { CRM_RECORDS, type CrmRecordField, type CrmRecordKind } from '../../ports/crm-records.js';
import type { Filter, ReportGrouping } from '../../ports/org-model.js';

/** A column of a report on records of a kind: `Program_Metric__c$Value__c`. */
export function columnOf<Kind extends CrmRecordKind>(kind: Kind, field: CrmRecordField<Kind>): string {
  return `${CRM_RECORDS[kind].object}$${fieldOf(kind, field)}`;
}

/** API name of a field of a kind of record. */
export function fieldOf<Kind extends CrmRecordKind>(kind: Kind, field: CrmRecordField<Kind>): string {
  const names: Readonly<Record<string, string>> = CRM_RECORDS[kind].fields;
  return names[String(field)] ?? '';
}

/** How the records of a kind are reached from the account: `Health_Snapshots__r`. */
export function childrenOf(kind: CrmRecordKind): string {
  return CRM_RECORDS[kind].object.replace(/__c$/, 's__r');
}

export const grouped = (
  field: string,
  by: ReportGrouping['by'] = 'value',
  order: ReportGrouping['order'] = 'ascending',
): ReportGrouping => ({ field, by, order });

export const is = (field: string, value: string): Filter => ({ field, operation: 'equals', value });
export const isNot = (field: string, value: string): Filter => ({ field, operation: 'notEqual', value });
export const since = (field: string, value: string): Filter => ({
  field,
  operation: 'greaterOrEqual',
  value,
});
export const upTo = (field: string, value: string): Filter => ({
  field,
  operation: 'lessOrEqual',
  value,
});
