import type { AttributeType, MappedKind } from '../domain/facts/record.js';
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
  readonly kind: MappedKind;
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

/** What can be carried to a company or a person in a marketing tool. */
export interface CarryMapping {
  /**
   * The first of these that has the name: a written field (`band`), an attribute as read (`account.csmName`,
   * for persons also `contact.firstName`), a fact of the account or of its standing by id
   * (`usage.licenceUse`, `journey.day`), or a custom one (`custom.region`).
   */
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

/** mappings/outreach.yaml, resolved. */
export interface OutreachMapping {
  /** Attributes of a prospect and what they carry. */
  readonly contact: readonly CarryMapping[];
}
