import { ATTRIBUTES } from '../domain/facts/attributes.js';
import { type AttributeType, type MappedKind, OBSERVED_KINDS } from '../domain/facts/record.js';
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
  /** Attributes of usage rows that another system sends, beside those that are read; the day is always one. */
  readonly sentUsage: readonly SentAttribute[];
}

export type SentAttribute = keyof typeof ATTRIBUTES.usage;

/** Attributes of a usage row that may be sent in: what the mapping reads of usage, and what it says is sent. */
export function takenUsage({
  objects,
  sentUsage,
}: Pick<CrmMapping, 'objects' | 'sentUsage'>): ReadonlySet<string> {
  const read = objects.filter(({ kind }) => kind === 'usage').flatMap(({ attributes }) => attributes);
  const taken = new Set<string>([...read.map(({ attribute }) => attribute), ...sentUsage]);
  return taken.size === 0 ? taken : new Set(['on', ...taken]);
}

/** `account.arr`, `case.openedAt`: all that is read or sent, and what we observe ourselves. */
export function mappedAttributes(crm: Pick<CrmMapping, 'objects' | 'sentUsage'>): ReadonlySet<string> {
  const read = crm.objects.flatMap(({ kind, attributes }) =>
    attributes.map(({ attribute }) => `${kind}.${attribute}`),
  );
  const observed = OBSERVED_KINDS.flatMap((kind) =>
    Object.keys(ATTRIBUTES[kind]).map((attribute) => `${kind}.${attribute}`),
  );
  return new Set([...read, ...[...takenUsage(crm)].map((attribute) => `usage.${attribute}`), ...observed]);
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
