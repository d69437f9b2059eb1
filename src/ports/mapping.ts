import type { AttributeType, RecordKind } from '../domain/facts/record.js';
import type { WriteRule } from '../domain/settle/difference.js';

/** Our attribute <- their field. */
export interface AttributeMapping {
  readonly attribute: string;
  /** API name, or a parent path (`Owner.Email`). */
  readonly field: string;
  readonly type: AttributeType;
  /** Their picklist value -> our category, matched without regard to case; null = taken as it is. */
  readonly translate: Readonly<Record<string, string>> | null;
  /** What an empty field means: unknown (`null`), or this value. */
  readonly whenEmpty: string | number | boolean | null;
}

/** Which object holds a kind of rows, and which of its fields we read. Nothing else is ever selected. */
export interface ObjectMapping {
  readonly kind: RecordKind;
  readonly object: string;
  /** The field that holds the account's id; for the account itself `Id`. May be a parent path. */
  readonly accountField: string;
  /** Change stamp: `SystemModstamp` unless the object has none. */
  readonly stampField: string;
  /** A SOQL condition that the admin wrote in mappings/ (`Type LIKE 'Customer%'`), or null. */
  readonly where: string | null;
  readonly attributes: readonly AttributeMapping[];
}

export { WRITTEN_FIELDS, type WrittenField } from '../domain/settle/written.js';

/** Which field of the account carries which of our values. */
export type WriteMapping = WriteRule;

/** mappings/salesforce.yaml, resolved. */
export interface CrmMapping {
  readonly objects: readonly ObjectMapping[];
  readonly write: readonly WriteMapping[];
  /** The checkbox with which an admin holds the tier, or null when not installed. */
  readonly tierLockField: string | null;
}

/** What can be carried to a company or contact in a marketing tool. */
export interface CarryMapping {
  /** A written field, `account.<attribute>` or a `contact.<attribute>`. */
  readonly fact: string;
  readonly property: string;
}

/** mappings/hubspot.yaml, resolved. */
export interface MarketingMapping {
  /** Unique property that stamps the Salesforce contact id on a contact. */
  readonly contactStamp: string;
  /** Unique property that stamps the Salesforce account id on a company. */
  readonly companyStamp: string;
  readonly contact: readonly CarryMapping[];
  readonly company: readonly CarryMapping[];
}
