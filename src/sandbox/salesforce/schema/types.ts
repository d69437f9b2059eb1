/** A field of the embedded org, with the properties that describe answers and DML checks need. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  /** Describe's type names: id string boolean int double currency percent date datetime picklist multipicklist reference textarea phone url email … */
  readonly type: string;
  /** Characters; 0 where it has no meaning. Above 255 on a textarea = long text: not filterable, not sortable. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly custom: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly caseSensitive: boolean;
  readonly calculated: boolean;
  readonly formula: string | null;
  readonly defaultValue: string | number | boolean | null;
  readonly referenceTo: readonly string[];
  /** `Account` for AccountId, `Foo__r` for Foo__c; null when no reference. */
  readonly relationshipName: string | null;
  /** Name of the parent's child relationship (`Contacts`), or null. */
  readonly childRelationshipName: string | null;
  readonly picklistValues: readonly {
    readonly value: string;
    readonly label: string;
    readonly isDefault: boolean;
  }[];
  readonly restrictedPicklist: boolean;
  readonly help: string | null;
  /** Of a master-detail field: the record goes with its master, and who may write it. Absent = no master-detail. */
  readonly master?: { readonly readIsEnough: boolean };
  /** `TODAY() + 90`: computed for a new row that brings no value. */
  readonly defaultFormula?: string;
  /** The record's name (`Name`, `CaseNumber`, `Subject`); at most one per object. Absent = no. */
  readonly nameField?: boolean;
  /** Numbered by the platform with this form: `{00000000}`. */
  readonly displayFormat?: string;
}

export interface ValidationRule {
  readonly name: string;
  readonly message: string;
  /** Field the error is shown on, or null for the page. */
  readonly field: string | null;
  /** True when the row must be refused. */
  readonly violatedBy: (row: Row) => boolean;
}

/** A record-triggered flow that sets a field before an update is saved. */
export interface FlowRule {
  readonly name: string;
  /** Runs when this field changes; null = at every update. */
  readonly on: string | null;
  readonly set: string;
  readonly valueFor: (row: Row) => Value;
}

/** Refuses (block) or questions (alert, passes with allowSave) a row that equals another in all of these fields. */
export interface DuplicateRule {
  readonly name: string;
  readonly fields: readonly string[];
  readonly action: 'block' | 'alert';
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** Three characters: `001`. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly queryable: boolean;
  readonly replicateable: boolean;
  readonly fields: readonly FieldDefinition[];
  readonly validationRules: readonly ValidationRule[];
  readonly duplicateRules?: readonly DuplicateRule[];
  readonly flows?: readonly FlowRule[];
}

/** A value as stored: datetimes ISO with milliseconds and Z (`2025-01-31T12:34:56.000Z`), dates `YYYY-MM-DD`. */
export type Value = string | number | boolean | null;
/** API field name -> value. Always has Id, IsDeleted (where the object has it), CreatedDate and SystemModstamp. */
export type Row = Readonly<Record<string, Value>>;
